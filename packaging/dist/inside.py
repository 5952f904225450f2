#!/usr/bin/env python3
"""Holds the list of components and the licence texts of a package against each other and against Cargo.lock:
`inside.py BUILD LIST.cdx.json TEXTS`, where BUILD is one of `dependencies.py`."""

import json
import os
import sys
from pathlib import Path

from dependencies import ROOT, crate, packages


def main(system, listed, texts):
    text = Path(texts).read_text(encoding="utf-8")
    bom = json.loads(Path(listed).read_text(encoding="utf-8"))
    validate(Path(listed).read_text(encoding="utf-8"))
    found = [package for package in packages(system) if package.name != crate(system)]
    components = {(c["name"], c["version"]): c for c in bom["components"]}
    expect(bom["metadata"]["component"]["name"] == crate(system), "the list is of another build")
    expect(set(components) == {package.key for package in found}, "the list and cargo's graph differ")
    references = {c["bom-ref"] for c in bom["components"]} | {bom["metadata"]["component"]["bom-ref"]}
    for dependency in bom["dependencies"]:
        expect({dependency["ref"], *dependency["dependsOn"]} <= references, f"{dependency['ref']} leads nowhere")
    for package in found:
        component = components[package.key]
        title = f"{package.name} {package.version}"
        if package.own:
            # under the licences of the project, whose texts lie beside
            expect(package.folder.is_relative_to(ROOT), f"{title}: no checksum in Cargo.lock")
            expect("hashes" not in component, f"{title}: a checksum of its own")
            continue
        expect(component["hashes"] == [{"alg": "SHA-256", "content": package.checksum}], f"{title}: another checksum")
        expect(len(package.checksum) == 64, f"{title}: no checksum in Cargo.lock")
        if package.linked:
            expect(f"\n{title} ({package.licence})\n" in text, f"{title}: no licence text")
    print(f"{system}: {sum(package.linked for package in found)} packages inside, {len(found)} with those of the build")


def validate(text):
    """Against the official schema, which the library of CycloneDX brings."""
    try:
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
    except ImportError:
        expect("CI" not in os.environ and "CPX_REQUIRE_ALL" not in os.environ, "the library of CycloneDX is missing")
        print("skipped: the schema of CycloneDX (.ci/tools brings it)", file=sys.stderr)
        return
    error = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    expect(error is None, f"not as the schema says: {error}")


def expect(holds, otherwise):
    if not holds:
        raise SystemExit(f"wrong: {otherwise}")


if __name__ == "__main__":
    main(*sys.argv[1:])
