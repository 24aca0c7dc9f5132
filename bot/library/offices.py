"""Offices: whom to turn to, read from ``content/offices/``. Only what is confirmed is in here at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.library.entries import read_entry
from bot.library.facts import Fact
from bot.library.problems import Problem
from bot.library.sources import Source


@dataclass(frozen=True, slots=True)
class Office:
    """An office or an organisation that helps (HSDS 3: an organisation or a service at a location).

    ``assured`` is the day on which its data was last confirmed. ``phone`` is a fact, so that a number stands in one
    place only.
    """

    id: str
    name: str
    website: str
    assured: date
    email: str = ""
    phone: Fact | None = None
    by_appointment_only: bool = False


def read_offices(
    folder: Path, sources: Mapping[str, Source], facts: Mapping[str, Fact], problems: list[Problem]
) -> dict[str, Office]:
    """Read every office; one that is not right is noted and left out."""
    offices = {}
    for path in sorted(folder.glob("*.yaml")):
        entry, noted = read_entry(path, path.read_text(encoding="utf-8"), problems), len(problems)
        entry.only("name", "website", "source", "assured", "email", "phone", "by_appointment_only", "unconfirmed")
        source, phone = entry.text("source", example="L-48"), entry.text("phone", required=False)
        if source and source not in sources:
            entry.problem("source", f"The source `{source}` does not exist.", "Use an id of sources.yaml.")
        if phone and (phone not in facts or not facts[phone].phone):
            entry.problem(
                "phone", f"`{phone}` is no phone number of facts.yaml.", "Write the number there, its id here."
            )
        website = entry.text("website", example="https://www.landkreis-peine.de")
        if website and not website.startswith("https://"):
            entry.problem("website", f"`{website}` does not begin with https://.", "Copy it from the browser.")
        name, assured = entry.text("name"), entry.day("assured")
        email, only = entry.text("email", required=False), entry.truth("by_appointment_only")
        if len(problems) == noted and assured:
            offices[path.stem] = Office(path.stem, name, website, assured, email, facts.get(phone), only)
    return offices
