"""The shelf: holds the newest good library, and takes a new one from the disk when the files change."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.library import read_library
from bot.library.problems import Problem

log = logging.getLogger(__name__)


class Shelf:
    """Always has a library to answer from. ``problems`` are the errors of the files as they lie on the disk now.

    A broken edit keeps the last good library in use. At the very first reading there is none: then what is right of
    the files is taken.
    """

    def __init__(self, folder: Path, languages: Languages, catalogues: Catalogues, today: Callable[[], date]) -> None:
        self._folder = folder
        self._languages = languages
        self._catalogues = catalogues
        self._today = today
        self._seen = self._stamp()
        self.library, problems = read_library(folder, languages, catalogues, today())
        self.problems: tuple[Problem, ...] = ()
        self._note(problems)

    def refresh(self) -> bool:
        """Look at the disk and the calendar; True if another library is in use now."""
        stamp, today = self._stamp(), self._today()
        if stamp == self._seen and today == self.library.today:
            return False
        self._seen = stamp
        try:
            library, problems = read_library(self._folder, self._languages, self._catalogues, today)
        except OSError as error:
            log.exception("content: cannot be read, the last good version stays in use")
            self.problems = (Problem(self._folder, 1, f"The content cannot be read: {error}.", "Restore the files."),)
            return False
        self._note(problems)
        if self.problems:
            log.error("content: %d problems, the last good version stays in use", len(self.problems))
            return False
        self.library = library
        log.info("content: a new version is in use, %d pages", len(library.pages))
        return True

    def _note(self, problems: list[Problem]) -> None:
        self.problems = tuple(problem for problem in problems if problem.severity == "error")
        for problem in self.problems:
            log.error("content: %s", problem)

    def _stamp(self) -> frozenset[tuple[str, int, int]]:
        """The files with their times and sizes. A file that vanishes while we look is seen at the next look."""
        stamp = set()
        for path in self._folder.rglob("*"):
            if path.suffix in {".yaml", ".md"}:
                try:
                    stat = path.stat()
                except FileNotFoundError:
                    continue
                stamp.add((str(path), stat.st_mtime_ns, stat.st_size))
        return frozenset(stamp)
