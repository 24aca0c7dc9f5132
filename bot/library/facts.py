"""Facts: every number, date and phone number that answers quote, read once from ``content/facts.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.i18n.catalogues import Phrases
from bot.i18n.formats import UNITS, long_date, number, quantity
from bot.library.entries import Entry, read_entry
from bot.library.problems import Problem
from bot.library.text import Run


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. Exactly one of ``value`` (with ``unit``), ``day`` and ``phone`` (with ``tel``) is set.

    ``until`` is the last day on which it is right, None if nothing is known to change it.
    """

    id: str
    source: str
    line: int
    value: float | None = None
    unit: str = ""
    day: date | None = None
    phone: str = ""
    tel: str = ""
    until: date | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today

    def run(self, phrases: Phrases, *, bare: bool = False) -> Run:
        """The fact as a piece of text in the locale of the phrases; ``bare`` leaves the unit word out."""
        if self.phone:
            return Run(self.phone, bold=True, link=f"tel:{self.tel}")
        if self.day is not None:
            return Run(long_date(self.day, phrases.locale))
        value = self.value or 0
        return Run(number(value, phrases.locale) if bare else quantity(value, self.unit, phrases))


def read_facts(path: Path, sources: Mapping[str, object], problems: list[Problem]) -> dict[str, Fact]:
    """Read all facts; one that is not right is noted and left out."""
    facts = {}
    entries = read_entry(path, path.read_text(encoding="utf-8"), problems)
    for id_ in entries:
        noted = len(problems)
        fact = _fact(id_, entries.mapping(id_), sources)
        if len(problems) == noted:
            facts[id_] = fact
    return facts


def _fact(id_: str, entry: Entry, sources: Mapping[str, object]) -> Fact:
    entry.only("value", "unit", "date", "phone", "tel", "until", "source")
    kinds = [kind for kind in ("value", "date", "phone") if kind in entry]
    if len(kinds) != 1:
        entry.problem(id_, f"The fact `{id_}` needs exactly one of value, date and phone.", "Keep one of them.")
    source = entry.text("source", example="R-01")
    if source and source not in sources:
        entry.problem("source", f"The source `{source}` does not exist.", "Use an id of sources.yaml, or add it there.")
    unit = entry.text("unit", required=False)
    if unit not in UNITS:
        entry.problem("unit", f"The unit `{unit}` is not known.", f"Use one of: {', '.join(u for u in UNITS if u)}.")
    phone = entry.text("phone", required=False)
    tel = entry.text("tel", required=bool(phone), example='"+4955119240"')
    if tel and not tel.removeprefix("+").isdigit():
        entry.problem("tel", f"`{tel}` cannot be dialled.", "Write digits only, with a + before the country code.")
    return Fact(
        id=id_,
        source=source,
        line=entry.line,
        value=entry.number("value") if "value" in entry else None,
        unit=unit,
        day=entry.day("date", required=False),
        phone=phone,
        tel=tel,
        until=entry.day("until", required=False),
    )
