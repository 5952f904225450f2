#!/usr/bin/env python3
"""Writes the licence texts of everything inside the program for one system: `licences.py linux|windows|library|library-windows`.

Each package's own files are taken as they are. A package without any fails, unless its licence can be taken as one whose
text names no holder, or the holder that its project names is written here.
"""

import re
import sys
from collections import defaultdict

from dependencies import ROOT, packages

FILE = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)([-._].*)?$", re.IGNORECASE)
#: Texts of code, not of licences, whose names look alike.
SOURCE = {".rs", ".toml", ".py", ".html", ".json", ".yml"}
#: What the projects of packages published without their licence say; the terms are those of LICENSE-MIT.
NOTICES = {"pcsc": "Copyright 2017 The rust-pcsc Authors", "pcsc-sys": "Copyright 2017 The rust-pcsc Authors"}
#: Licences whose text is the same for every holder.
IMPERSONAL = {"Apache-2.0", "BSL-1.0"}
MINGW = "/usr/share/doc/mingw-w64-common/copyright"
RULE = "=" * 80


def main(system):
    found = [package for package in packages(system) if package.linked and not package.own]
    texts, without = defaultdict(list), []
    apache = (ROOT / "LICENSE-APACHE").read_text()
    impersonal = {"Apache-2.0": apache}
    for package in found:
        if package.licence in IMPERSONAL:
            for text in own_texts(package.folder)[:1]:
                impersonal.setdefault(package.licence, text)
    # compiled in by the toolchain, not listed by cargo
    texts[apache].append("Rust's standard library (MIT OR Apache-2.0)")
    if system.endswith("windows"):
        texts[open(MINGW, encoding="utf-8").read()].append("start-up code and C library of mingw-w64")
    for package in found:
        title = f"{package.name} {package.version} ({package.licence})"
        own = own_texts(package.folder) or stand_in(package, impersonal)
        if not own:
            without.append(title)
        for text in own:
            texts[text].append(title)
    if without:
        raise SystemExit("no licence text for: " + ", ".join(without))

    what = "the library for C" if system.startswith("library") else f"cpx-check for {system}"
    print(f"Licences of the {len(found)} packages inside {what}. They follow, each text once.\n")
    for package in found:
        print(f"  {package.name} {package.version}: {package.licence}")
    for text, titles in sorted(texts.items(), key=lambda item: item[1]):
        print(f"\n{RULE}\n" + "\n".join(titles) + f"\n{RULE}\n\n{text.strip()}")


def own_texts(folder):
    """The texts of a package, each once, in the order of their paths."""
    texts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in SOURCE and (FILE.match(path.name) or path.parent.name == "LICENSES"):
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
            if text.strip() and text not in texts:
                texts.append(text)
    return texts


def stand_in(package, impersonal):
    """The text for a package that brings none: of the first alternative, at the outermost level of its expression, that has one."""
    for licence in [] if "(" in package.licence else re.split(r"\s+OR\s+", package.licence):
        if licence in impersonal:
            return [impersonal[licence]]
        if licence == "MIT" and package.name in NOTICES:
            terms = (ROOT / "LICENSE-MIT").read_text().partition("Permission is")
            return [f"MIT License\n\n{NOTICES[package.name]}\n\n{terms[1]}{terms[2]}"]
    return []


if __name__ == "__main__":
    main(*sys.argv[1:])
