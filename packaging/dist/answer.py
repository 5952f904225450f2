#!/usr/bin/env python3
"""Reads an answer of `cpx-check card --format json` from its input: ends well when some reader holds a card of the type given."""

import json
import sys


def main(wanted):
    answer = json.load(sys.stdin)
    found = [(reader.get("card") or {}).get("type") for reader in answer["readers"]]
    if answer["schema"] != "cpx-check.card/1" or wanted not in found:
        raise SystemExit(f"no card {wanted} in {answer}")


if __name__ == "__main__":
    main(*sys.argv[1:])
