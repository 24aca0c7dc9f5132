"""``lotse check``: every problem with file, line and cure."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.app import Knowledge
from bot.checks.content import check_content
from bot.checks.locales import check_locales
from bot.checks.nlu import check_nlu
from bot.library.problems import Problem
from bot.settings import EXAMPLES_DIR, LOCALES_DIR, Settings

_SOURCE = Path(__file__).parent.parent


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="find every problem in content, examples and catalogues")
    parser.add_argument("what", nargs="?", choices=("content", "nlu", "locales", "all"), default="all")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    knowledge = Knowledge(settings)
    today = datetime.now(settings.timezone).date()
    checks: dict[str, Callable[[], list[Problem]]] = {
        "content": lambda: check_content(settings.content_dir, knowledge.languages, knowledge.catalogues, today),
        "nlu": lambda: check_nlu(EXAMPLES_DIR.parent, knowledge.languages, knowledge.shelf.library.topics),
        "locales": lambda: check_locales(LOCALES_DIR, knowledge.languages, _SOURCE),
    }
    wanted = tuple(checks) if arguments.what == "all" else (arguments.what,)
    errors = 0
    for name in wanted:
        try:
            problems = checks[name]()
        except (OSError, ValueError) as error:
            print(f"{name}: error: {error}")
            errors += 1
            continue
        for problem in problems:
            print(problem)
        count = sum(problem.severity == "error" for problem in problems)
        errors += count
        print(f"{name}: {count} errors, {len(problems) - count} warnings")
    return 1 if errors else 0
