#!/usr/bin/env python3
"""Who is on the card: prints the type and the holder of every health-professional card, says of the other readers what is in
them, then waits until a card is taken out. Python's own ctypes, nothing to compile.

    who_is_on_the_card.py [--in-full] [--simulate CARD] [--check MODULE_HOST] [--library PATH]

With --check it says whether this workstation is ready as well: MODULE_HOST is the path of cpx-card-modules, the program that asks
PKCS#11 modules in a process of its own.

A virtual card is taken out by the program itself, because nobody else can.
"""

import argparse
import contextlib
import queue
import sys
from ctypes import (
    CDLL, CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int32, c_size_t, c_uint32, c_void_p, create_string_buffer, sizeof,
)

# The numbers of cpx_card.h.
OK = 0
IN_FULL = 2
CPX = 1
INSERTED, REMOVED = 2, 3
FRENCH = 0
ABI_VERSION = 1

LIBRARY = {"win32": "cpx_card.dll", "darwin": "libcpx_card.dylib"}.get(sys.platform, "libcpx_card.so.0")


class ContextOptions(Structure):
    _fields_ = [
        ("struct_size", c_size_t),
        ("module_host", c_char_p), ("module_host_length", c_size_t),
        ("virtual_cards", c_char_p), ("virtual_cards_length", c_size_t),
    ]


class ReadOptions(Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("flags", c_uint32), ("timeout_ms", c_uint32),
        ("reader", c_char_p), ("reader_length", c_size_t),
    ]


class Event(Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("kind", c_int32), ("times", c_uint32),
        ("reader", c_char_p), ("reader_length", c_size_t),
        ("reason", c_char_p), ("reason_length", c_size_t),
    ]


Callback = CFUNCTYPE(None, POINTER(Event), c_void_p)


class CpxError(Exception):
    """A call failed; the message is the library's own, with what to do."""


class Cpx:
    """The library and one context of it. Use it in a `with`."""

    def __init__(self, library=LIBRARY, virtual_card=None, module_host=None):
        self._library = CDLL(library)
        # pointers are wider than the int that ctypes takes arguments for
        takes = {
            "cpx_context_new": [POINTER(ContextOptions), POINTER(c_void_p)],
            "cpx_last_error": [c_void_p, c_int32, c_char_p, c_size_t, POINTER(c_size_t)],
            "cpx_status_text": [c_int32, c_int32, c_char_p, c_size_t, POINTER(c_size_t)],
            "cpx_read": [c_void_p, POINTER(ReadOptions), POINTER(c_void_p)],
            "cpx_check": [c_void_p, c_void_p, POINTER(c_void_p)],
            "cpx_cards_count": [c_void_p, POINTER(c_size_t)],
            "cpx_reader_state": [c_void_p, c_size_t, POINTER(c_int32)],
            "cpx_watch_new": [c_void_p, Callback, c_void_p, POINTER(c_void_p)],
            "cpx_virtual_remove": [c_void_p, c_size_t],
        }
        for name, types in takes.items():
            getattr(self._library, name).argtypes = types
        if self._library.cpx_abi_version() < ABI_VERSION:
            raise CpxError("this cpx_card is too old")
        card = virtual_card.encode() if virtual_card else None
        host = module_host.encode() if module_host else None
        options = ContextOptions(sizeof(ContextOptions), host, len(host or b""), card, len(card or b""))
        self._context = c_void_p()
        self.check(self._library.cpx_context_new(byref(options), byref(self._context)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._library.cpx_context_free(byref(self._context))

    def check(self, status):
        """Raises what the library says of a call that did not succeed."""
        if status == OK:
            return
        words = create_string_buffer(1024)
        if self._library.cpx_last_error(self._context, FRENCH, words, len(words), None) != OK:
            self._library.cpx_status_text(status, FRENCH, words, len(words), None)
        raise CpxError(words.value.decode())

    def read(self, in_full=False):
        """What is in each reader: a list of dictionaries."""
        options = ReadOptions(sizeof(ReadOptions), IN_FULL if in_full else 0, 30_000, None, 0)
        cards, count = c_void_p(), c_size_t()
        self.check(self._library.cpx_read(self._context, byref(options), byref(cards)))
        try:
            self.check(self._library.cpx_cards_count(cards, byref(count)))
            return [self._reader(cards, reader) for reader in range(count.value)]
        finally:
            self._library.cpx_cards_free(byref(cards))

    def _reader(self, cards, reader):
        state = c_int32()
        self.check(self._library.cpx_reader_state(cards, c_size_t(reader), byref(state)))

        def text(function, *language):
            value = c_char_p()
            arguments = (cards, c_size_t(reader), *map(c_int32, language), byref(value), None)
            return value.value.decode() if getattr(self._library, function)(*arguments) == OK else None

        return {
            "is_cpx": state.value == CPX,
            "reader": text("cpx_reader_name"),
            "sentence": text("cpx_reader_sentence", FRENCH),
            "remedy": text("cpx_reader_remedy", FRENCH),
            "type": text("cpx_card_type"),
            "holder": text("cpx_holder_name"),
            "identifier": text("cpx_holder_id"),
            "number": text("cpx_card_number"),
        }

    def verdict(self):
        """Whether this workstation is ready, the one cause if not, and what to do: a list of sentences."""
        checkup = c_void_p()
        self.check(self._library.cpx_check(self._context, None, byref(checkup)))
        try:
            sentences = []
            for name in ("cpx_checkup_sentence", "cpx_checkup_cause", "cpx_checkup_remedy"):
                value = c_char_p()
                if getattr(self._library, name)(checkup, c_int32(FRENCH), byref(value), None) == OK:
                    sentences.append(value.value.decode())
            return sentences
        finally:
            self._library.cpx_checkup_free(byref(checkup))

    @contextlib.contextmanager
    def watched(self):
        """Watches the readers: what happens in them comes into a queue, as (kind, reader)."""
        happened = queue.Queue()
        # kept in a variable as long as the library may call it
        callback = Callback(lambda event, _: happened.put((event[0].kind, event[0].reader.decode())))
        watch = c_void_p()
        self.check(self._library.cpx_watch_new(self._context, callback, None, byref(watch)))
        try:
            yield happened
        finally:
            self._library.cpx_watch_free(byref(watch))

    def take_out(self):
        """Takes the virtual card out."""
        self.check(self._library.cpx_virtual_remove(self._context, 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in-full", action="store_true")
    parser.add_argument("--simulate", metavar="CARD")
    parser.add_argument("--check", metavar="MODULE_HOST")
    parser.add_argument("--library", metavar="PATH", default=LIBRARY)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
    try:
        # watched before the card is read: one that is taken out meanwhile is told too
        with Cpx(arguments.library, arguments.simulate, arguments.check) as cpx, cpx.watched() as happened:
            readers = cpx.read(arguments.in_full)
            if not readers:
                print("Aucun lecteur de cartes.")
            for reader in readers:
                print(f"{reader['reader']} : {reader['sentence']}")
                if reader["remedy"]:
                    print(f"  {reader['remedy']}")
                labels = {"type": "type", "porteur": "holder", "identifiant": "identifier", "carte": "number"}
                for label, key in labels.items():
                    if reader["is_cpx"] and reader[key]:
                        print(f"  {label} : {reader[key]}")
            if arguments.check:
                print("\n  ".join(cpx.verdict()))
            if not any(reader["is_cpx"] for reader in readers):
                return 0
            while True:
                kind, reader = happened.get(timeout=60)
                if kind == INSERTED and arguments.simulate:
                    cpx.take_out()
                if kind == REMOVED:
                    print(f"{reader} : carte retirée")
                    return 0
    except queue.Empty:
        return 1
    except (CpxError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
