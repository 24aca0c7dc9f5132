"""Checks the content base: what the loader does not accept, and what a reader would miss."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.library import Library, read_library
from bot.library.pages import Draft
from bot.library.problems import Problem

_LONGEST_TITLE, _LONGEST_SUMMARY, _LONGEST_BODY = 75, 220, 2600
_UNSEEN_DAYS = 180
# Digits as they stand in phone numbers: +49 …, 0551 19240, 116 117. Links and placeholders are taken out before.
_PHONE = re.compile(r"(?<![\w{])(?:\+|0)\d[\d /–-]{4,}\d|\b11[0-9](?:[ ]?\d{3})?\b")
_NO_PROSE = re.compile(r"\{[^}]*\}|\]\([^)]*\)|https?://\S+")


def check_content(folder: Path, languages: Languages, catalogues: Catalogues, today: date) -> list[Problem]:
    """Every problem of the content base, in the order of files and lines."""
    library, problems = read_library(folder, languages, catalogues, today)
    found = [
        *problems,
        *_missing(library, languages),
        *_outdated(library),
        *_related(library),
        *_stale(library, folder, today),
        *(problem for draft in library.drafts.values() for problem in _text(draft)),
    ]
    return sorted(set(found))


def _missing(library: Library, languages: Languages) -> Iterator[Problem]:
    for topic in library.topics.values():
        for locale in languages.interface:
            if (topic.id, locale) not in library.drafts:
                path = topic.path.parent / f"{locale}.md"
                cure = f"Have en.md translated and save it as {locale}.md, with `translation: machine` or `reviewed`."
                yield Problem(path, 1, f"The topic `{topic.id}` is missing in {languages[locale].name}.", cure)


def _outdated(library: Library) -> Iterator[Problem]:
    for (topic, _locale), draft in library.drafts.items():
        if draft.origin is None:
            continue
        language, hash_ = draft.origin
        origin = library.drafts.get((topic, language))
        line = _line(draft.path, "translated_from")
        if origin is None:
            what = f"This was translated from {language}.md, which does not exist."
            yield Problem(draft.path, line, what, "Name the language that it was translated from: de or en.")
        elif origin.fingerprint != hash_:
            what = f"{language}.md has changed since this was translated."
            cure = f'Bring the translation up to date, then write hash: "{origin.fingerprint}"'
            yield Problem(draft.path, line, what, cure)


def _related(library: Library) -> Iterator[Problem]:
    for topic in library.topics.values():
        for other in topic.related:
            if other not in library.topics:
                line = _line(topic.path, "related")
                yield Problem(topic.path, line, f"The related topic `{other}` does not exist.", "Correct its id.")


def _stale(library: Library, folder: Path, today: date) -> Iterator[Problem]:
    for topic in library.topics.values():
        if topic.expired(today):
            what = f"The topic expired on {topic.expires}: nobody is answered from it any more."
            yield Problem(topic.path, _line(topic.path, "expires"), what, "Check it, then set `checked` and `expires`.")
    used = {source.id for topic in library.topics.values() for source in topic.sources}
    for source in library.sources.values():
        if source.id in used and source.seen + timedelta(days=_UNSEEN_DAYS) < today:
            what = f"The source `{source.id}` was last read on {source.seen}."
            cure = "Read it again, correct what has changed, then set `seen`."
            yield Problem(folder / "sources.yaml", source.line, what, cure, "warning")
    for fact in library.facts.values():
        if fact.expired(today):
            what = f"The fact `{fact.id}` expired on {fact.until}: sentences that quote it are hidden."
            yield Problem(folder / "facts.yaml", fact.line, what, "Enter the new value with a new `until`.", "warning")


def _text(draft: Draft) -> Iterator[Problem]:
    for name, text, longest in (
        ("title", draft.title, _LONGEST_TITLE),
        ("summary", draft.summary, _LONGEST_SUMMARY),
    ):
        if len(text) > longest:
            what = f"The {name} has {len(text)} characters, at most {longest} fit on a phone."
            yield Problem(draft.path, _line(draft.path, name), what, "Shorten it.")
    if len(draft.body) > _LONGEST_BODY:
        what = f"The text has {len(draft.body)} characters; more than {_LONGEST_BODY} are not read to the end."
        yield Problem(draft.path, draft.body_line, what, "Shorten it, or make two topics of it.")
    for number, line in enumerate(draft.body.splitlines()):
        for match in _PHONE.finditer(_NO_PROSE.sub(" ", line)):
            what = f"The phone number {match.group()} is typed into the text."
            cure = "Put it into facts.yaml and write {fact:…} here: numbers stand in one place only."
            yield Problem(draft.path, draft.body_line + number, what, cure)


def _line(path: Path, key: str) -> int:
    """The line on which a key stands in a file; 1 if it does not."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1
