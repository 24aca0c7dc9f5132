"""Topics and their pages: ``content/topics/<group>/<id>/`` with ``topic.yaml`` and one Markdown file a language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from bot.i18n.catalogues import Phrases
from bot.library import placeholders
from bot.library.entries import Entry, read_entry
from bot.library.facts import Fact
from bot.library.offices import Office
from bot.library.placeholders import Placeholder
from bot.library.problems import Problem
from bot.library.sources import Source
from bot.library.text import Block, Listing, Paragraph, Run, UnreadableText, plain, read_markdown

Translation = Literal["original", "reviewed", "machine"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said of a topic in ``topic.yaml``, for all languages."""

    id: str
    group: str
    path: Path
    sources: tuple[Source, ...]
    checked: date
    expires: date
    offices: tuple[Office, ...]
    related: tuple[str, ...]
    service: str
    top: bool

    def expired(self, today: date) -> bool:
        """Whether nobody may be answered from it any more."""
        return self.expires < today


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a topic in one language as the editor wrote it, with its placeholders.

    ``fingerprint`` is the hash that a translation of this text names as its origin; ``origin`` is the language and the
    hash that this text was translated from, None for an original. ``body_line`` is the line where the body begins.
    """

    path: Path
    locale: str
    title: str
    summary: str
    body: str
    body_line: int
    translation: Translation
    fingerprint: str
    origin: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Page:
    """A topic in one language, ready to be shown: placeholders filled, expired facts hidden."""

    topic: Topic
    locale: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    translation: Translation
    topics: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text alone."""
        return plain(self.blocks)


def fingerprint(title: str, summary: str, body: str) -> str:
    """Twelve hexadecimal digits that change when the text does."""
    return hashlib.sha256(f"{title}\n{summary}\n{body.strip()}".encode()).hexdigest()[:12]


def read_topic(
    path: Path, sources: Mapping[str, Source], offices: Mapping[str, Office], problems: list[Problem]
) -> Topic | None:
    """Read a ``topic.yaml``; None if it is not right."""
    entry, noted = read_entry(path, path.read_text(encoding="utf-8"), problems), len(problems)
    entry.only("scope", "top", "sources", "checked", "expires", "offices", "related", "service")
    scope = entry.text("scope", example="local")
    if scope and scope not in {"local", "nationwide"}:
        entry.problem("scope", f"The scope `{scope}` is not known.", "Write local or nationwide.")
    named = entry.texts("sources")
    if not named:
        entry.problem("sources", "The topic names no source.", "Add a line such as: sources: [R-01]")
    for name in named:
        if name not in sources:
            entry.problem(
                "sources", f"The source `{name}` does not exist.", "Use an id of sources.yaml, or add it there."
            )
    for name in entry.texts("offices"):
        if name not in offices:
            entry.problem("offices", f"The office `{name}` does not exist.", f"Add content/offices/{name}.yaml.")
    checked, expires = entry.day("checked"), entry.day("expires")
    if checked and expires and expires <= checked:
        entry.problem("expires", "The topic expires before it was checked.", "Correct one of the two dates.")
    related, service, top = entry.texts("related"), entry.text("service", required=False), entry.truth("top")
    if len(problems) > noted or checked is None or expires is None:
        return None
    folder = path.parent
    return Topic(
        id=folder.name,
        group=folder.parent.name,
        path=path,
        sources=tuple(sources[name] for name in named),
        checked=checked,
        expires=expires,
        offices=tuple(offices[name] for name in entry.texts("offices")),
        related=related,
        service=service,
        top=top,
    )


def read_draft(path: Path, problems: list[Problem]) -> Draft | None:
    """Read a Markdown file with its front matter; None if it is not right."""
    text = path.read_text(encoding="utf-8")
    noted = len(problems)
    opening, _, rest = text.partition("\n")
    front, end, body = rest.partition("\n---\n")
    if opening.strip() != "---" or not end:
        what = "The file does not begin with a block between two lines of `---`."
        problems.append(Problem(path, 1, what, "Begin with ---, then title, summary and translation, then --- again."))
        return None
    entry = read_entry(path, front, problems, first_line=2)
    entry.only("title", "summary", "translation", "translated_from")
    title, summary = entry.text("title"), entry.text("summary")
    translation = entry.text("translation", example="original")
    if translation and translation not in get_args(Translation):
        entry.problem("translation", f"`{translation}` is not known.", "Write original, reviewed or machine.")
    if not body.strip():
        entry.problem("title", "The text is empty.", "Write the answer below the second line of `---`.")
    origin = _origin(entry, translation)
    if len(problems) > noted:
        return None
    return Draft(
        path=path,
        locale=path.stem,
        title=title,
        summary=summary,
        body=body.strip(),
        body_line=front.count("\n") + 4 + (len(body) - len(body.lstrip("\n"))),
        translation=translation,  # type: ignore[arg-type]  # membership was just checked
        fingerprint=fingerprint(title, summary, body),
        origin=origin,
    )


def _origin(entry: Entry, translation: str) -> tuple[str, str] | None:
    if translation in {"", "original"}:
        return None
    origin = entry.mapping("translated_from", required=True)
    origin.only("language", "hash")
    return origin.text("language", example="en"), origin.text("hash", example='"0123456789ab"')


class Composer:
    """Makes pages out of drafts, with the facts that hold today."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        offices: Mapping[str, Office],
        titles: Mapping[tuple[str, str], str],
        today: date,
    ) -> None:
        self._facts = facts
        self._offices = offices
        self._titles = titles
        self._today = today

    def page(self, topic: Topic, draft: Draft, phrases: Phrases, problems: list[Problem]) -> Page | None:
        """The page of a draft; None, with the problems noted, if a placeholder or a form is not known."""
        noted = len(problems)
        self._check(draft, problems)
        if len(problems) > noted:
            return None
        blocks = self.blocks(draft, phrases, problems)
        if blocks is None:
            return None
        summary = self._line(draft.summary, draft.locale, phrases)
        title = self._line(draft.title, draft.locale, phrases)
        named = dict.fromkeys(run.topic for block in blocks for run in _runs(block) if run.topic)
        return Page(topic, draft.locale, title, summary, blocks, draft.translation, tuple(named))

    def blocks(self, draft: Draft, phrases: Phrases, problems: list[Problem]) -> tuple[Block, ...] | None:
        """The body alone; None if it uses a form that cannot be shown."""
        try:
            blocks = read_markdown(draft.body)
        except UnreadableText as error:
            cure = "Use paragraphs, **bold**, *italic*, [links](https://…) and simple lists only."
            problems.append(Problem(draft.path, draft.body_line + error.line, str(error), cure))
            return None
        filled = [self._block(block, draft.locale, phrases) for block in blocks]
        return tuple(block for block in filled if block is not None)

    def _block(self, block: Block, locale: str, phrases: Phrases) -> Block | None:
        if isinstance(block, Paragraph):
            runs = self._fill(block.runs, locale, phrases)
            return Paragraph(runs) if runs else None
        items = tuple(runs for item in block.items if (runs := self._fill(item, locale, phrases)))
        return Listing(items, block.numbered) if items else None

    def _fill(self, runs: tuple[Run, ...], locale: str, phrases: Phrases) -> tuple[Run, ...]:
        return placeholders.fill(runs, lambda placeholder: self._value(placeholder, locale, phrases))

    def _line(self, text: str, locale: str, phrases: Phrases) -> str:
        return "".join(run.text for run in self._fill((Run(text),), locale, phrases))

    def _value(self, placeholder: Placeholder, locale: str, phrases: Phrases) -> Run | None:
        match placeholder.kind:
            case "fact":
                fact = self._facts[placeholder.id]
                return None if fact.expired(self._today) else fact.run(phrases, bare=placeholder.bare)
            case "topic":
                title = self._titles.get((placeholder.id, locale)) or self._titles.get((placeholder.id, "en"))
                return Run(title, topic=placeholder.id) if title else None
            case "office":
                office = self._offices[placeholder.id]
                return Run(office.name, link=office.website)

    def _check(self, draft: Draft, problems: list[Problem]) -> None:
        texts = [(2, draft.title), (2, draft.summary), (draft.body_line, draft.body)]
        for first_line, text in texts:
            for position, whole, placeholder in placeholders.find(text):
                line = first_line + text.count("\n", 0, position)
                if placeholder is None:
                    cure = "Use {fact:id}, {fact:id|number}, {topic:id} or {office:id}."
                    problems.append(Problem(draft.path, line, f"The placeholder {whole} is not known.", cure))
                elif placeholder.kind == "fact" and placeholder.id not in self._facts:
                    cure = "Add it to facts.yaml, or correct its name."
                    problems.append(Problem(draft.path, line, f"The fact `{placeholder.id}` does not exist.", cure))
                elif placeholder.kind == "office" and placeholder.id not in self._offices:
                    cure = f"Add content/offices/{placeholder.id}.yaml, or correct its name."
                    problems.append(Problem(draft.path, line, f"The office `{placeholder.id}` does not exist.", cure))


def _runs(block: Block) -> tuple[Run, ...]:
    if isinstance(block, Paragraph):
        return block.runs
    return tuple(run for item in block.items for run in item)
