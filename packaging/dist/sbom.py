#!/usr/bin/env python3
"""Writes the list of components of the program for one system (CycloneDX 1.5, JSON): `sbom.py linux|windows|library|library-windows`.

The same sources and the same date give the same bytes: the serial number is derived from the contents.
"""

import json
import os
import sys
import uuid
from datetime import datetime, timezone

from dependencies import crate, packages


def main(system):
    found = packages(system)
    project = next(package for package in found if package.name == crate(system))
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc).isoformat(),
            "lifecycles": [{"phase": "build"}],
            "component": {**component(project), "type": "library" if system.startswith("library") else "application"},
            "properties": [{"name": "target", "value": system}],
        },
        "components": [component(package) for package in found if package is not project],
        "dependencies": [
            {"ref": reference(*package.key), "dependsOn": [reference(*key) for key in package.needs]} for package in found
        ],
    }
    bom["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bom, sort_keys=True)).urn
    json.dump(bom, sys.stdout, indent=1, ensure_ascii=False)
    print()


def component(package):
    described = {
        "type": "library",
        "bom-ref": reference(*package.key),
        "name": package.name,
        "version": package.version,
        # what only runs while the program is compiled is in the list, and not in the program
        "scope": "required" if package.linked else "excluded",
        "licenses": [{"expression": package.licence}],
        "purl": reference(*package.key),
    }
    if package.description:
        described["description"] = " ".join(package.description.split())
    if package.checksum:
        described["hashes"] = [{"alg": "SHA-256", "content": package.checksum}]
    if package.repository:
        described["externalReferences"] = [{"type": "vcs", "url": package.repository}]
    return described


def reference(name, version):
    return f"pkg:cargo/{name}@{version.replace('+', '%2B')}"


if __name__ == "__main__":
    main(*sys.argv[1:])
