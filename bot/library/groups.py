"""The groups of the menu, read from ``content/groups.yaml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.library.entries import read_entry
from bot.library.problems import Problem


@dataclass(frozen=True, slots=True)
class Group:
    """A group of topics: its emoji and its title in every interface language."""

    id: str
    sign: str
    titles: Mapping[str, str]


def read_groups(path: Path, locales: Sequence[str], problems: list[Problem]) -> dict[str, Group]:
    """Read all groups in their order; one without a title in every language is noted and left out."""
    groups = {}
    entries = read_entry(path, path.read_text(encoding="utf-8"), problems)
    for id_ in entries:
        entry, noted = entries.mapping(id_), len(problems)
        entry.only("sign", "title")
        sign, titles = entry.text("sign"), entry.mapping("title", required=True)
        titled = {locale: titles.text(locale) for locale in locales}
        if len(problems) == noted:
            groups[id_] = Group(id_, sign, titled)
    return groups
