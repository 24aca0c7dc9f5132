"""Every event and every button finds its way to the matter that it is about."""

from typing import get_args

import pytest

from bot.conversation.actions import ActionKind
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
)
from bot.conversation.replies import (
    CannotRead,
    EmergencyCard,
    Erased,
    EraseQuestion,
    GroupMenu,
    Help,
    LanguageChoice,
    Meaning,
    Menu,
    NoAnswer,
    OldButton,
    People,
    Privacy,
    Rated,
    TooLong,
    TopicAnswer,
    Trouble,
    Welcome,
)
from bot.conversation.state import State
from tests.support.dialogue import Chat, an_utterance

BUTTONS: dict[str, type[Meaning]] = {
    "menu": Menu,
    "group:arriving": GroupMenu,
    "topic:find-a-doctor": TopicAnswer,
    "intent:find-a-doctor": TopicAnswer,
    "neither": NoAnswer,
    "language:tr": Welcome,
    "languages": LanguageChoice,
    "emergency": EmergencyCard,
    "person": People,
    "useful:find-a-doctor": Rated,
    "useless:find-a-doctor": Rated,
    "privacy": Privacy,
    "erase": EraseQuestion,
    "erase-yes": Erased,
    "help": Help,
}
COMMANDS: dict[Command | None, type[Meaning]] = {
    "language": LanguageChoice,
    "menu": Menu,
    "help": Help,
    "privacy": Privacy,
    "emergency": EmergencyCard,
    "person": People,
    None: Help,
}
HAPPENINGS: list[tuple[Event, type[Meaning]]] = [
    (Started(), LanguageChoice),
    (Said(an_utterance("find-a-job"), "work?"), TopicAnswer),
    (Pressed(None), OldButton),
    (Commanded("menu"), Menu),
    (SentUnreadable("photo"), CannotRead),
    (SentTooLong(1000), TooLong),
    (PagesFound((), "en"), NoAnswer),
    (PeopleFound("talk_to_human", "en"), People),
    (DataErased(), Erased),
    (TurnFailed(), Trouble),
]


def test_the_tables_of_this_test_are_complete() -> None:
    assert {button.partition(":")[0] for button in BUTTONS} == set(get_args(ActionKind))
    assert set(COMMANDS) == {*get_args(Command), None}
    assert {type(event) for event, _meaning in HAPPENINGS} == set(get_args(Event))


@pytest.mark.parametrize(("button", "meaning"), BUTTONS.items())
def test_a_button_leads_where_it_says(button: str, meaning: type[Meaning]) -> None:
    chat = Chat(state=State("uk"))

    chat.presses(button)

    assert [type(reply.meaning) for reply in chat.shown] == [meaning]


@pytest.mark.parametrize(("command", "meaning"), COMMANDS.items())
def test_a_command_leads_where_it_says(command: Command | None, meaning: type[Meaning]) -> None:
    chat = Chat(state=State("uk"))

    chat.commands(command)

    assert [(type(reply.meaning), reply.locale) for reply in chat.shown] == [(meaning, "uk")]


@pytest.mark.parametrize(("event", "meaning"), HAPPENINGS, ids=lambda value: getattr(value, "__name__", None))
def test_an_event_is_answered_with_its_meaning(event: Event, meaning: type[Meaning]) -> None:
    chat = Chat()

    chat.happens(event)

    assert [type(reply.meaning) for reply in chat.shown] == [meaning]


@pytest.mark.parametrize(
    "event",
    [
        Pressed(None, ("fr-CA",)),
        Commanded("help", ("fr-CA",)),
        SentUnreadable("voice", ("fr-CA",)),
        SentTooLong(1000, ("fr-CA",)),
        TurnFailed(("fr-CA",)),
    ],
)
def test_a_stranger_is_answered_in_the_language_of_the_phone(event: Event) -> None:
    chat = Chat()

    chat.happens(event)

    assert [reply.locale for reply in chat.shown] == ["fr"]


def test_starting_again_closes_what_was_open_and_keeps_what_is_known() -> None:
    chat = Chat(state=State("ru", chosen=True, topic="find-a-job", offered=("find-a-job",), sought="tax"))

    chat.starts("ru")

    assert chat.state == State("ru", chosen=True, topic="find-a-job")


def test_the_last_sentence_before_forgetting_is_in_the_language_of_the_newcomer() -> None:
    chat = Chat()
    chat.phone_languages = ("tr-TR",)

    chat.presses("erase-yes")

    assert [reply.locale for reply in chat.shown] == ["tr"]
