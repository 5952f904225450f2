#!/usr/bin/env python3
"""Makes the Windows installer from a folder: `msi.py FOLDER FILE.msi [user]`, with the program in PATH and in the Start menu: for
the whole machine, or with `user` for the person who installs it, without the rights of an administrator.

wixl lays out the files; what it lacks (the variable of the environment) or draws at random (the package's code, the dates)
is written into its tables afterwards. Codes are derived: those of components from their paths, so that an upgrade
recognises them; the product's from its version; the package's from its contents.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import uuid
from datetime import datetime, timezone
from pathlib import Path
from xml.sax.saxutils import quoteattr

#: Never changes: it is how Windows knows that a later version replaces this one.
UPGRADE = uuid.UUID("b056bec5-7a08-53a3-93f4-59d19acba070")
#: The same of the installer for one person: the two know nothing of each other.
UPGRADE_USER = uuid.uuid5(UPGRADE, "per user")
SHORTCUT = "Vérifier ma carte (cpx-check)"
AUTHOR = "The cpx-card authors"
FRENCH = 1036


def main(folder, target, scope="machine"):
    folder, target, of_user = Path(folder), Path(target).resolve(), scope == "user"
    upgrade = UPGRADE_USER if of_user else UPGRADE
    # Windows compares three numbers
    version = re.match(r"\d+\.\d+\.\d+", os.environ["VERSION"])[0]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()
    product, package = code(f"product {version}", upgrade), code(f"package {version} {contents}", upgrade)
    components = []
    source = f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="{product}" Name="cpx-check" Language="{FRENCH}" Codepage="1252" Version="{version}" Manufacturer="{AUTHOR}"
 UpgradeCode="{str(upgrade).upper()}">
<Package Description="cpx-check {version}" Manufacturer="{AUTHOR}" InstallerVersion="500" Compressed="yes" InstallScope="{"perUser" if of_user else "perMachine"}"/>
<MajorUpgrade DowngradeErrorMessage="Une version plus récente de cpx-check est installée. / A newer cpx-check is installed."/>
<Media Id="1" Cabinet="cpx.cab" EmbedCab="yes"/>
<Property Id="ARPNOMODIFY" Value="1"/>
<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramMenuFolder"/>{open_folders(of_user)}<Directory Id="INSTALLDIR" Name="cpx-check">
{tree("", folder, components, upgrade, of_user)}
</Directory>{"</Directory>" * (2 if of_user else 1)}</Directory>
<Feature Id="Complete" Title="cpx-check" Level="1">{"".join(f'<ComponentRef Id="{name}"/>' for name in components)}</Feature>
</Product></Wix>
"""
    with tempfile.TemporaryDirectory() as work:
        # wixl takes no absolute path
        (Path(work) / "files").symlink_to(folder.resolve())
        (Path(work) / "cpx-check.wxs").write_text(source, encoding="utf-8")
        run("wixl", "-a", "x64", "-o", target, "cpx-check.wxs", cwd=work)
        program = identifier("cpx-check.exe", "c")
        machine = "" if of_user else "*"
        columns = ["Environment\tName\tValue\tComponent_", "s72\tl255\tL255\ts72", "Environment\tEnvironment"]
        table(work, "Environment", [*columns, f"path\t=-{machine}PATH\t[~];[INSTALLDIR]\t{program}"])
        date = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc).strftime("%Y/%m/%d %H:%M:%S")
        told = {"7": f"x64;{FRENCH}", "9": f"{{{package}}}", "12": date, "13": date}
        exported = run("msiinfo", "export", target, "_SummaryInformation").replace("\r", "").splitlines()
        lines = [f"{line.split()[0]}\t{told[line.split()[0]]}" if line.split()[0] in told else line for line in exported]
        table(work, "_SummaryInformation", lines)
        # wixl leaves the code page of the texts open: they would be read in that of the machine
        (Path(work) / "_ForceCodepage.idt").write_bytes(b"\r\n\r\n65001\t_ForceCodepage\r\n")
        run("msibuild", target, "-i", "_ForceCodepage.idt", "-i", "Environment.idt", "-i", "_SummaryInformation.idt", cwd=work)
        for action, order in (("RemoveEnvironmentStrings", 3300), ("WriteEnvironmentStrings", 5200)):
            row = f"INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('{action}', {order})"
            run("msibuild", target, "-q", row)


def open_folders(of_user):
    """The folders that hold that of the program, opened."""
    if of_user:
        return '<Directory Id="LocalAppDataFolder"><Directory Id="PROGRAMS" Name="Programs">'
    return '<Directory Id="ProgramFiles64Folder">'


def tree(inside, folder, components, upgrade, of_user):
    """The elements of a folder, at the path `inside` the whole; every file is a component of its own."""
    elements = []
    for path in sorted(folder.iterdir()):
        own, name = f"{inside}{path.name}", quoteattr(path.name)
        if path.is_dir():
            elements.append(f'<Directory Id="{identifier(own, "d")}" Name={name}>{tree(own + "/", path, components, upgrade, of_user)}</Directory>')
            continue
        components.append(identifier(own, "c"))
        elements.append(
            f'<Component Id="{components[-1]}" Guid="{code(f"component {own}", upgrade)}" Win64="yes">'
            f'<File Id="{identifier(own, "f")}" Source={quoteattr("files/" + own)} Name={name} KeyPath="yes"/>{shortcut(own)}</Component>'
        )
    return "\n".join(elements)


def shortcut(own):
    """The entry of the Start menu, which belongs to the program: it opens the page of the diagnosis."""
    if own != "cpx-check.exe":
        return ""
    name = quoteattr(f"VERIFIER|{SHORTCUT}")
    return (
        f'<Shortcut Id="page" Directory="ProgramMenuFolder" Name={name} Arguments="serve" WorkingDirectory="INSTALLDIR"'
        ' Target="[INSTALLDIR]cpx-check.exe" Description="Dit si la carte et ce poste sont prêts pour les portails"/>'
    )


def identifier(inside, kind):
    return kind + hashlib.sha256(inside.encode()).hexdigest()[:16]


def code(of, upgrade):
    return str(uuid.uuid5(upgrade, of)).upper()


def table(work, name, lines):
    """Writes a table as the text that msibuild imports: names of columns, their types, the keys, then rows."""
    (Path(work) / f"{name}.idt").write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))


def run(*command, cwd=None):
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
