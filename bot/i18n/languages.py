"""The languages that Lotse knows, read from ``locales/languages.yaml``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language, under its BCP 47 code.

    ``interface`` says that catalogue and content are complete in it. Where it is false, ``answered_in`` names the
    languages that most of its speakers read, best first, and ``notice`` is the sentence that tells them.
    """

    code: str
    name: str
    direction: Direction = "ltr"
    interface: bool = True
    answered_in: tuple[str, ...] = ()
    notice: str = ""


class Languages(Mapping[str, Language]):
    """All known languages by code, in the order in which they are offered."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._by_code = {language.code: language for language in languages}
        self.interface = tuple(code for code, language in self._by_code.items() if language.interface)
        if not self.interface:
            raise ValueError("locales/languages.yaml: no language has `interface: yes`")

    def __getitem__(self, code: str) -> Language:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def known(self, tag: str | None) -> str | None:
        """The code of the known language that a BCP 47 tag means (``de-AT`` → ``de``, ``kmr`` → ``ku``), or None."""
        if not tag:
            return None
        base = tag.replace("_", "-").split("-")[0].lower()
        base = _SAME_LANGUAGE.get(base, base)
        return base if base in self._by_code else None

    def answer_language(self, code: str | None, chosen: str | None = None) -> str:
        """The interface language to answer in: the language itself, else the chosen one, else the best shared one."""
        if code in self.interface:
            return str(code)
        if chosen in self.interface:
            return str(chosen)
        shared = self._by_code[code].answered_in if code in self._by_code else ()
        return next((other for other in shared if other in self.interface), self._default())

    def offered(self, preferred: Sequence[str]) -> tuple[str, ...]:
        """The interface languages to choose from: those of the phone first, the others in their usual order."""
        first = [code for tag in preferred if (code := self.known(tag)) in self.interface and code]
        return tuple(dict.fromkeys([*first, *self.interface]))

    def _default(self) -> str:
        return "en" if "en" in self.interface else self.interface[0]


# ISO 639 codes that phones send for a language which Lotse knows under another code.
_SAME_LANGUAGE = {"kmr": "ku", "prs": "fa", "pes": "fa", "pbt": "ps", "pbu": "ps", "arb": "ar", "mo": "ro"}


def read_languages(path: Path) -> Languages:
    """Read ``languages.yaml``; a ValueError names the entry and what is wrong with it."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    languages = []
    for code, entry in entries.items():
        unknown = set(entry) - {"name", "direction", "interface", "answered_in", "notice", "translation"}
        if unknown:
            raise ValueError(f"{path}: {code}: unknown key {min(unknown)!r}")
        if entry.get("direction") not in {"ltr", "rtl"}:
            raise ValueError(f"{path}: {code}: direction must be ltr or rtl")
        if not entry.get("name"):
            raise ValueError(f"{path}: {code}: the language's own name is missing")
        if not entry.get("interface") and "{language}" not in entry.get("notice", ""):
            raise ValueError(f"{path}: {code}: a language without interface needs a notice that holds {{language}}")
        languages.append(
            Language(
                code=str(code),
                name=entry["name"],
                direction=entry["direction"],
                interface=bool(entry.get("interface")),
                answered_in=tuple(entry.get("answered_in", ())),
                notice=entry.get("notice", ""),
            )
        )
    return Languages(languages)
