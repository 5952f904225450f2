"""What a build is made of, the program for one system or the library for C: the packages that cargo compiles for it.
Those of tests are not among them.
"""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The library for C, and the child that asks PKCS#11 modules beside it.
LIBRARY = ("cpx-card-ffi", "diagnosis,pkcs11")
PROGRAM = ("cpx-check", "")
#: What is built: for which system, which package with which features.
BUILDS = {
    "linux": ("x86_64-unknown-linux-gnu", PROGRAM),
    "windows": ("x86_64-pc-windows-gnu", PROGRAM),
    "library": ("x86_64-unknown-linux-gnu", LIBRARY),
    "library-windows": ("x86_64-pc-windows-gnu", LIBRARY),
}


@dataclass
class Package:
    """A package of the graph, as its manifest and Cargo.lock describe it."""

    name: str
    version: str
    licence: str
    description: str
    authors: list
    repository: str
    folder: Path
    #: SHA-256 of the archive of the registry; none for a crate of this project.
    checksum: str = ""
    #: Whether it ends in the program; otherwise it only runs while the program is compiled.
    linked: bool = False
    #: Names and versions of what it is built from.
    needs: list = field(default_factory=list)

    @property
    def key(self):
        return (self.name, self.version)

    @property
    def own(self):
        """Whether it is a crate of this project: all others come from the registry."""
        return not self.checksum


def crate(built):
    """The name of the crate that a build makes."""
    return BUILDS[built][1][0]


def packages(built):
    """The packages of a build, sorted by name and version; the crates of this project among them."""
    target, (package, features) = BUILDS[built]
    linked, needed = (_tree(target, package, features, edges) for edges in ("normal,no-proc-macro", "normal,build"))
    metadata = json.loads(_cargo("metadata", "--format-version", "1", "--filter-platform", target, "--all-features"))
    checksums = _checksums()
    by_id = {package["id"]: package for package in metadata["packages"]}
    found = []
    for node in metadata["resolve"]["nodes"]:
        manifest = by_id[node["id"]]
        key = (manifest["name"], manifest["version"])
        if key not in needed:
            continue
        if not (manifest["source"] or "registry+").startswith("registry+"):
            raise SystemExit(f"{key[0]} {key[1]} comes from {manifest['source']}")
        dependencies = {
            (by_id[d["pkg"]]["name"], by_id[d["pkg"]]["version"])
            for d in node["deps"]
            if any(kind["kind"] != "dev" for kind in d["dep_kinds"])
        }
        found.append(
            Package(
                *key,
                licence=(manifest["license"] or "").replace("/", " OR "),
                description=manifest["description"] or "",
                authors=manifest["authors"],
                repository=manifest["repository"] or "",
                folder=Path(manifest["manifest_path"]).parent,
                checksum=checksums.get(key, ""),
                linked=key in linked,
                needs=sorted(dependencies & needed),
            )
        )
    missing = needed - {package.key for package in found}
    if missing:
        raise SystemExit(f"not described by cargo metadata: {sorted(missing)}")
    return sorted(found, key=lambda package: package.key)


def _tree(target, package, features, edges):
    """Names and versions that `cargo tree` lists, which resolves features as a build does."""
    asked = ["--package", package, "--features", features, "--target", target, "--edges", edges, "--prefix", "none", "--format", "{p}"]
    lines = _cargo("tree", *asked).splitlines()
    return {(words[0], words[1].removeprefix("v")) for words in map(str.split, lines) if words}


def _checksums():
    """The checksums of Cargo.lock, read line by line: not every Python has a parser of TOML."""
    found, name, version = {}, "", ""
    for line in (ROOT / "Cargo.lock").read_text().splitlines():
        key, _, value = line.partition(" = ")
        value = value.strip('"')
        if key == "name":
            name = value
        elif key == "version":
            version = value
        elif key == "checksum":
            found[name, version] = value
    return found


def _cargo(command, *arguments):
    return subprocess.run(
        ["cargo", command, "--locked", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
