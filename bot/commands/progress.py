"""Says how far long work is: on one line where a person looks on, a line each otherwise."""

import sys


def say(text: str) -> None:
    """Tell a person on standard error."""
    if sys.stderr.isatty() and " of " in text:
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        if text.endswith("(100 %)"):
            print(file=sys.stderr)
    else:
        print(text, file=sys.stderr, flush=True)
