"""Whatever can happen in a conversation: every state, every event, made up by Hypothesis."""

from typing import get_args

from hypothesis import strategies as st

from bot.conversation.actions import Action, ActionKind
from bot.conversation.caseworker import Caseworker
from bot.conversation.events import (
    Command,
    Commanded,
    DataErased,
    Event,
    PagesFound,
    PeopleFound,
    Pressed,
    Said,
    SentTooLong,
    SentUnreadable,
    Started,
    TurnFailed,
    Unreadable,
)
from bot.conversation.guide import Guide
from bot.conversation.state import State
from bot.conversation.utterance import ACTS, Decision, Entity, Guess, Utterance

# Text that a database and a channel can carry, and text that only a broken client sends: lone surrogates.
TEXTS = st.text(max_size=13)
BROKEN_TEXTS = st.text(st.characters(), max_size=80)
# What phones and engines call languages; not all of it exists.
TAGS = st.sampled_from(["de", "ar-SY", "kmr", "ti", "pt_BR", "zh-Hant-TW", "DE", "", "-", "x-klingon"])


def intents(guide: Guide) -> st.SearchStrategy[str]:
    """Topics with a page and without, acts, and nonsense."""
    return st.sampled_from([*guide.topics, "not-yet-written", *sorted(ACTS)]) | TEXTS


def languages(guide: Guide) -> st.SearchStrategy[str]:
    """Known languages, tags of phones, and nonsense."""
    return st.sampled_from([*guide.languages]) | TAGS | TEXTS


def _some(of: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, max_size=5).map(tuple)


def actions(guide: Guide) -> st.SearchStrategy[Action]:
    """All kinds of actions, about something that fits and something that does not."""
    about = intents(guide) | languages(guide) | st.sampled_from(guide.groups) | BROKEN_TEXTS
    return st.builds(Action, kind=st.sampled_from(get_args(ActionKind)), about=about)


def utterances(guide: Guide) -> st.SearchStrategy[Utterance]:
    """Utterances whose parts need not agree with each other."""
    guesses = st.builds(Guess, intent=intents(guide), confidence=st.floats(0, 1))
    entities = st.builds(Entity, kind=TEXTS, value=TEXTS, start=st.integers(0, 99), end=st.integers(0, 99))
    return st.builds(
        Utterance,
        intent=intents(guide),
        confidence=st.floats(0, 1),
        decision=st.sampled_from(get_args(Decision)),
        language=st.none() | languages(guide),
        ranking=st.lists(guesses, max_size=6).map(tuple),
        entities=st.lists(entities, max_size=2).map(tuple),
        engine=TEXTS,
    )


def from_newcomer(guide: Guide) -> st.SearchStrategy[Event]:
    """Everything that a newcomer can do, and the trouble that Lotse can have with it."""
    phone = _some(languages(guide))
    return st.one_of(
        st.builds(Started, phone),
        st.builds(Said, utterances(guide), BROKEN_TEXTS, phone),
        st.builds(Pressed, st.none() | actions(guide), phone),
        st.builds(Commanded, st.none() | st.sampled_from(get_args(Command)), phone),
        st.builds(SentUnreadable, st.sampled_from(get_args(Unreadable)), phone),
        st.builds(SentTooLong, st.integers(1, 1_000_000), phone),
        st.builds(TurnFailed, phone),
    )


def results(guide: Guide) -> st.SearchStrategy[Event]:
    """Everything that a request can lead to, asked for or not."""
    locales = st.sampled_from(guide.languages.interface)
    caseworkers = st.builds(Caseworker, st.sampled_from(["Maryam Example", "Jan"]), _some(languages(guide)))
    return st.one_of(
        st.builds(PagesFound, _some(intents(guide)), locales),
        st.builds(PeopleFound, intents(guide), locales, st.lists(caseworkers, max_size=3).map(tuple)),
        st.just(DataErased()),
    )


def events(guide: Guide) -> st.SearchStrategy[Event]:
    """Everything that can happen."""
    return from_newcomer(guide) | results(guide)


def states(guide: Guide, locales: st.SearchStrategy[str | None] | None = None) -> st.SearchStrategy[State]:
    """Every state, also those that an older version or a broken database left behind."""
    return st.builds(
        State,
        locale=st.none() | languages(guide) if locales is None else locales,
        chosen=st.booleans(),
        topic=st.none() | intents(guide),
        offered=_some(intents(guide)),
        sought=st.none() | intents(guide),
        noticed=st.none() | languages(guide),
    )
