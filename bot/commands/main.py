"""Finds out which command is wanted, and runs it."""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.commands import ask, chat, check, data, database, evaluate, run, understand
from bot.settings import WrongSettings, read_settings, unknown_settings

_COMMANDS = (run, chat, ask, understand, check, evaluate, data, database)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status: 0 done, 1 problems found, 2 wrong arguments or settings."""
    parser = argparse.ArgumentParser(prog="lotse", description="Lotse, the welcome service of a German district.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in _COMMANDS:
        command.add(commands)
    chosen = parser.parse_args(arguments)
    for name in unknown_settings(os.environ):
        print(f"lotse: {name} is no setting of Lotse; look for a typing error", file=sys.stderr)
    try:
        settings = read_settings(os.environ)
        status = int(chosen.run(chosen, settings))
        sys.stdout.flush()  # what is still held back must find out here, and not at the end, that nobody reads it
        return status  # noqa: TRY300 - the flush belongs to the try
    except WrongSettings as error:
        for problem in error.problems:
            print(f"lotse: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `lotse … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
