"""No dead ends: whatever Lotse says, in whatever language, there is a way back and a way to a person.

All of this runs on the real content and the real interface texts.
"""

from collections import deque
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.actions import Action, decode
from bot.conversation.caseworker import Caseworker
from bot.conversation.events import Event, Pressed, Unreadable
from bot.conversation.replies import (
    CannotRead,
    DidYouMean,
    EmergencyCard,
    Erased,
    EraseQuestion,
    GroupMenu,
    Help,
    LanguageChoice,
    LanguageNotice,
    Meaning,
    Menu,
    NoAnswer,
    NotYetWritten,
    OldButton,
    OutOfScope,
    People,
    Privacy,
    Rated,
    Reply,
    TooLong,
    TopicAnswer,
    Trouble,
    Welcome,
)
from bot.conversation.state import State
from bot.conversation.utterance import ACTS, OUT_OF_SCOPE
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages, read_languages
from bot.library.library import Library
from bot.library.text import plain
from bot.screens.composer import Composer
from bot.screens.screen import Button, Screen
from bot.settings import LOCALES_DIR
from tests.support.dialogue import Chat
from tests.support.strategies import events

LOCALES = read_languages(LOCALES_DIR / "languages.yaml").interface
SAMPLE = (Caseworker("Maryam Example", ("fa", "de")), Caseworker("Jan Example", ("de", "nl")))
WISHES = ("talk_to_human", "book_appointment", "request_interpreter", "start_profile", "a wish of tomorrow")


@pytest.fixture(scope="session")
def composer(library: Library, languages: Languages, catalogues: Catalogues) -> Composer:
    return Composer(library, languages, catalogues)


def meanings(library: Library, languages: Languages) -> Iterator[Meaning]:
    """Everything that Lotse can say about this content."""
    guide = library.guide
    topics, groups = tuple(guide.topics), guide.groups
    yield LanguageChoice(languages.interface)
    yield Welcome(groups)
    yield from (Menu(groups, opening) for opening in ("", "greet", "thank", "goodbye"))
    yield from (GroupMenu(group, guide.in_group(group)) for group in groups)
    yield from (TopicAnswer(topic, guide.related(topic)) for topic in topics)
    yield from (TopicAnswer(topics[0], (), language) for language in languages.interface)
    yield TopicAnswer("taken-down-a-moment-ago")
    yield from (DidYouMean((act,)) for act in sorted(ACTS - {OUT_OF_SCOPE}))
    yield from (DidYouMean(topics[start : start + 3]) for start in range(0, len(topics), 3))
    yield from (NoAnswer(), NoAnswer(topics[:3]), NoAnswer(("taken-down-a-moment-ago",)))
    yield from (NotYetWritten("tax"), NotYetWritten("tax", topics[:3]))
    yield OutOfScope(groups)
    yield EmergencyCard()
    yield from (People(wish, sample) for wish in (*WISHES, *sorted(ACTS)) for sample in ((), SAMPLE))
    yield Help()
    yield from (Privacy(), Privacy("privacy-and-consent"))
    yield EraseQuestion()
    yield Erased()
    yield from (Rated(helped=True), Rated(helped=False))
    yield from (LanguageNotice(code) for code, language in languages.items() if not language.interface)
    yield from (CannotRead(kind) for kind in get_args(Unreadable))
    yield TooLong(1000)
    yield from (OldButton(groups), OldButton(("a-group-of-yesterday",)))
    yield Trouble()


def buttons(screen: Screen) -> list[Button]:
    return [button for row in (*screen.buttons, screen.back) for button in row]


def actions(screen: Screen) -> list[Action]:
    return [button.action for button in buttons(screen) if button.action]


def said(screen: Screen) -> str:
    """Every word on the screen."""
    labels = [button.label for button in buttons(screen)]
    return "\n".join([screen.title, plain(screen.blocks), plain(screen.notes), *labels])


def check(screen: Screen) -> None:
    """What must hold for every screen."""
    assert screen.title or plain(screen.blocks), "says nothing"
    assert "{" not in said(screen), "a placeholder was not filled"
    assert all(button.label.strip() for button in buttons(screen)), "a button without words"
    assert {"menu", "person"} <= {action.kind for action in actions(screen)}, "a dead end"
    for action in actions(screen):
        assert decode(action.encode()) == action, "a button that Lotse itself does not know"


def test_nothing_that_lotse_can_say_was_forgotten_here(library: Library, languages: Languages) -> None:
    assert {type(meaning) for meaning in meanings(library, languages)} == set(get_args(Meaning))
    assert len(LOCALES) >= 8
    assert len(library.topics) > 50


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", get_args(Meaning))
def test_every_screen_is_whole_and_no_dead_end(
    kind: type[Meaning], locale: str, library: Library, languages: Languages, composer: Composer
) -> None:
    for meaning in meanings(library, languages):
        if isinstance(meaning, kind):
            screen = composer.screen(Reply(meaning, locale))

            check(screen)
            assert screen.direction == languages[screen.locale].direction


@pytest.mark.parametrize("locale", LOCALES)
def test_danger_is_one_tap_away_from_every_screen_but_the_card_itself(
    locale: str, library: Library, languages: Languages, composer: Composer
) -> None:
    for meaning in meanings(library, languages):
        offered = Action("emergency") in actions(composer.screen(Reply(meaning, locale)))

        assert offered or isinstance(meaning, EmergencyCard)


# ---------------------------------------------------------------------- walking through


def pressed_through(library: Library, composer: Composer, locale: str) -> Iterator[tuple[Action, list[Screen]]]:
    """Every button that a newcomer of this language can find from /start and /help, and what it leads to."""
    start = Chat(library.guide)
    start.starts(locale)
    start.presses(Action("language", locale).encode())
    first = start.shown
    start.commands("help")
    known: set[Action] = set()
    open_ = deque([(start.state, composer.screen(reply)) for reply in (*first, *start.shown)])
    while open_:
        state, screen = open_.popleft()
        for action in actions(screen):
            # Other languages are walked through on their own.
            if action in known or action.kind == "language":
                continue
            known.add(action)
            chat = Chat(library.guide, state)
            chat.caseworkers = SAMPLE
            chat.happens(Pressed(action))
            screens = [composer.screen(reply) for reply in chat.shown]
            yield action, screens
            open_.extend((chat.state if action.kind != "erase-yes" else state, screen) for screen in screens)


@pytest.mark.parametrize("locale", LOCALES)
def test_pressing_every_button_never_ends_in_a_dead_end(locale: str, library: Library, composer: Composer) -> None:
    reached = set()

    for action, screens in pressed_through(library, composer, locale):
        assert screens, f"{action} is not answered"
        for screen in screens:
            check(screen)
            assert screen.locale == locale, f"{action} leads into another language"
        reached.add(action)

    assert {Action("topic", topic) for topic in library.topics} <= reached, "pages that no button leads to"
    assert {Action("useless", topic) for topic in library.topics} <= reached
    assert {
        Action("languages"),
        Action("emergency"),
        Action("privacy"),
        Action("erase"),
        Action("erase-yes"),
    } <= reached


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_can_be_chosen_from_every_other(locale: str, library: Library, composer: Composer) -> None:
    chat = Chat(library.guide, State(locale, chosen=True))
    chat.presses("languages")
    offered = [action for action in actions(composer.screen(chat.shown[0])) if action.kind == "language"]

    assert {action.about for action in offered} == set(LOCALES)
    for action in offered:
        chat.presses(action.encode())
        assert composer.screen(chat.shown[0]).locale == action.about


# ---------------------------------------------------------------------- whatever happens


def test_there_are_words_for_whatever_happens(library: Library, composer: Composer) -> None:
    @settings(max_examples=200)
    @given(st.lists(events(library.guide), max_size=4))
    def whatever(happenings: list[Event]) -> None:
        chat = Chat(library.guide)

        for event in happenings:
            chat.happens(event)
            for reply in chat.shown:
                check(composer.screen(reply))

    whatever()
