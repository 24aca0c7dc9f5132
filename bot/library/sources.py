"""Sources: where Lotse knows things from, read from ``content/sources.yaml``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.library.entries import read_entry
from bot.library.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """A page of an authority or an established body, and the day on which it was last read."""

    id: str
    publisher: str
    url: str
    grade: str
    seen: date
    line: int


def read_sources(path: Path, problems: list[Problem]) -> dict[str, Source]:
    """Read all sources; one that is not right is noted and left out."""
    sources = {}
    entries = read_entry(path, path.read_text(encoding="utf-8"), problems)
    for id_ in entries:
        entry, noted = entries.mapping(id_), len(problems)
        entry.only("says", "grade", "publisher", "url", "dated", "seen")
        entry.text("says")
        grade = entry.text("grade", example="A")
        if grade and grade not in {"A", "B"}:
            what = f"Grade {grade} is not shown to anybody."
            entry.problem(
                "grade", what, "Only sources of grade A or B belong here; ask the office and raise the grade."
            )
        url = entry.text("url", example="https://www.landkreis-peine.de/…")
        if url and not url.startswith("https://"):
            entry.problem("url", f"The address `{url}` does not begin with https://.", "Copy it from the browser.")
        publisher, seen = entry.text("publisher"), entry.day("seen")
        if len(problems) == noted and seen:
            sources[id_] = Source(id_, publisher, url, grade, seen, entry.line)
    return sources
