### The sentences of the library for C: how a call ended.

status-ok = All is well.
status-nothing = There is nothing to tell: the card has no such value, or nothing happened in time.
status-null = A pointer that is needed is null, or the object was already freed.
status-invalid-text = A text is not UTF-8, is too long, or names nothing that is known.
status-invalid-argument = The size of a structure, a flag or a number is not one of this version of the library.
status-out-of-range = There is no reader of this rank.
status-buffer-too-small = The memory given is too small for the text.
status-in-callback = The call would wait for the callback in which it is made.
status-busy = The object is in use elsewhere; try again.
status-cancelled = The call was ended.
status-timed-out = The time is over.
status-no-service = The PC/SC service cannot be used.
status-not-built = This library was built without this function.
status-internal = The library met an error; the call did nothing.
