#!/usr/bin/env python3
"""Has the installed library for C ask the PKCS#11 modules of this system: `ask_modules.py CHILD MODULE`. Ends well when the child
found everything that this module, in a place of the Cryptolib, had to say."""

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_size_t, c_void_p


class ContextOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t),
        ("module_host", c_char_p),
        ("module_host_length", c_size_t),
        ("virtual_cards", c_char_p),
        ("virtual_cards_length", c_size_t),
    ]


def main(child, module):
    library = ctypes.CDLL("libcpx_card.so.0")
    library.cpx_context_new.argtypes = [POINTER(ContextOptions), POINTER(c_void_p)]
    library.cpx_check.argtypes = [c_void_p, c_void_p, POINTER(c_void_p)]
    library.cpx_checkup_json.argtypes = [c_void_p, POINTER(c_char_p), POINTER(c_size_t)]
    for function in (library.cpx_context_new, library.cpx_check, library.cpx_checkup_json):
        function.restype = c_int32
    host = child.encode()
    options = ContextOptions(ctypes.sizeof(ContextOptions), host, len(host), None, 0)
    context, checkup, text = c_void_p(), c_void_p(), c_char_p()
    for status in (
        library.cpx_context_new(byref(options), byref(context)),
        library.cpx_check(context, None, byref(checkup)),
        library.cpx_checkup_json(checkup, byref(text), None),
    ):
        if status != 0:
            raise SystemExit(f"status {status}")
    answer = json.loads(text.value)
    asked = [one for one in answer["modules"] if module in (one["path"], one["real_path"], *one["other_paths"])]
    if [one["end"] for one in asked] != ["complete"]:
        raise SystemExit(f"{module} was not asked to the end: {answer['modules']}")
    print(f"{child} asked {asked[0]['library']['description'].strip()}, {asked[0]['slots']} slots")


if __name__ == "__main__":
    main(*sys.argv[1:])
