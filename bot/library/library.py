"""The library: one good version of the content base, as it holds on one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.conversation.guide import Guide, TopicEntry
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.facts import Fact, read_facts
from bot.library.groups import Group, read_groups
from bot.library.offices import Office, read_offices
from bot.library.pages import Composer, Draft, Page, Topic, read_draft, read_topic
from bot.library.problems import Problem
from bot.library.sources import Source, read_sources

# What is read in its place when a page does not exist in the reader's language, best first.
FALLBACK_LOCALES = ("en", "de")


@dataclass(frozen=True)
class Library:
    """Everything that can be answered, on the day ``today``. ``drafts`` are the texts as their editors wrote them."""

    today: date
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    offices: Mapping[str, Office]
    groups: Mapping[str, Group]
    topics: Mapping[str, Topic]
    pages: Mapping[tuple[str, str], Page]
    drafts: Mapping[tuple[str, str], Draft]
    cards: Mapping[str, Page]
    guide: Guide

    def page(self, topic: str, locale: str) -> Page | None:
        """The page of a topic in the locale, else in English or German; None if there is no such topic."""
        for candidate in (locale, *FALLBACK_LOCALES):
            page = self.pages.get((topic, candidate))
            if page is not None:
                return page
        return None

    def card(self, locale: str) -> Page:
        """The emergency card in the locale, else in English."""
        return self.cards.get(locale) or self.cards["en"]


def read_library(
    folder: Path, languages: Languages, catalogues: Catalogues, today: date
) -> tuple[Library, list[Problem]]:
    """Read the content base. What is not right is noted and left out: the rest is still a library.

    Raises FileNotFoundError if the folder holds no content base at all.
    """
    problems: list[Problem] = []
    sources = read_sources(folder / "sources.yaml", problems)
    facts = read_facts(folder / "facts.yaml", sources, problems)
    offices = read_offices(folder / "offices", sources, facts, problems)
    groups = read_groups(folder / "groups.yaml", languages.interface, problems)
    topics: dict[str, Topic] = {}
    drafts: dict[tuple[str, str], Draft] = {}
    for path in _topic_files(folder / "topics", groups, problems):
        topic = read_topic(path, sources, offices, problems)
        if topic is None:
            continue
        topics[topic.id] = topic
        for text in sorted(path.parent.glob("*.md")):
            draft = read_draft(text, problems)
            if draft and text.stem in languages:
                drafts[topic.id, text.stem] = draft
            elif draft:
                what = f"`{text.stem}` is no language that Lotse knows."
                problems.append(Problem(text, 1, what, "Rename the file, or add the language to languages.yaml."))
    titles = {key: draft.title for key, draft in drafts.items()}
    composer = Composer(facts, offices, titles, today)
    pages = {}
    for (id_, locale), draft in drafts.items():
        if locale in languages.interface:
            page = composer.page(topics[id_], draft, catalogues[locale], problems)
            if page:
                pages[id_, locale] = page
    shown = {id_: topic for id_, topic in topics.items() if any((id_, locale) in pages for locale in FALLBACK_LOCALES)}
    library = Library(
        today=today,
        sources=sources,
        facts=facts,
        offices=offices,
        groups=groups,
        topics=shown,
        pages={key: page for key, page in pages.items() if key[0] in shown},
        drafts=drafts,
        cards=_cards(folder / "emergency", languages, catalogues, composer, problems),
        guide=_guide(shown, groups, languages),
    )
    return library, sorted(set(problems))


def _topic_files(folder: Path, groups: Mapping[str, Group], problems: list[Problem]) -> list[Path]:
    """All ``topic.yaml``, in the order of the groups; a folder that is no group is noted."""
    order = {group: position for position, group in enumerate(groups)}
    files = []
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*/topic.yaml")):
        group, id_ = path.parent.parent.name, path.parent.name
        if group not in order:
            problems.append(Problem(path, 1, f"`{group}` is no group.", "Move the folder, or add it to groups.yaml."))
        elif id_ in seen:
            problems.append(Problem(path, 1, f"The topic `{id_}` also stands in {seen[id_]}.", "Keep one of the two."))
        else:
            seen[id_] = path
            files.append(path)
    return sorted(files, key=lambda path: order[path.parent.parent.name])


def _guide(topics: Mapping[str, Topic], groups: Sequence[str] | Mapping[str, Group], languages: Languages) -> Guide:
    """What the dialogue needs to know. Within a group the topics that are asked most come first."""
    ordered = [
        topic
        for group in groups
        for topic in sorted((t for t in topics.values() if t.group == group), key=lambda topic: not topic.top)
    ]
    return Guide({topic.id: TopicEntry(topic.id, topic.group, topic.related) for topic in ordered}, languages)


def _cards(
    folder: Path, languages: Languages, catalogues: Catalogues, composer: Composer, problems: list[Problem]
) -> dict[str, Page]:
    """The emergency cards. They are made like pages, but belong to no topic and never expire."""
    nowhere = Topic("emergency", "", folder, (), date.min, date.max, (), (), "", top=False)
    cards = {}
    for locale in languages.interface:
        path = folder / f"{locale}.md"
        if not path.exists():
            what = f"There is no emergency card in `{locale}`."
            problems.append(Problem(path, 1, what, "Copy en.md and have it translated."))
            continue
        draft = read_draft(path, problems)
        page = draft and composer.page(nowhere, draft, catalogues[locale], problems)
        if page:
            cards[locale] = page
    return cards
