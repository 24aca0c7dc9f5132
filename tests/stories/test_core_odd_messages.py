"""What is no question: old buttons, pictures, life stories, and trouble at Lotse's own side."""

from typing import get_args

import pytest

from bot.conversation.events import Unreadable
from bot.conversation.replies import (
    CannotRead,
    GroupMenu,
    Help,
    LanguageChoice,
    Menu,
    OldButton,
    Rated,
    Reply,
    TooLong,
    Trouble,
)
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat

BUSY = State("uk", chosen=True, topic="find-a-job", offered=("greet",))


def test_a_button_of_an_older_lotse_leads_to_the_menu() -> None:
    chat = Chat(state=State("uk", chosen=True))

    chat.presses("book-slot:2024-05-01T09:00")
    chat.sees(Reply(OldButton(GUIDE.groups), "uk"))

    chat.presses("group:work")
    chat.sees(Reply(GroupMenu("work", ("find-a-job", "transition-management")), "uk", in_place=True))


def test_a_group_and_a_language_that_are_gone_lead_on() -> None:
    chat = Chat(state=State("uk", chosen=True))

    chat.presses("group:sailing")
    chat.sees(Reply(Menu(GUIDE.groups), "uk", in_place=True))
    chat.presses("language:klingon")
    chat.sees(Reply(LanguageChoice(("uk", "de", "en", "ar", "fa", "tr", "ru", "fr")), "uk", in_place=True))


def test_an_answer_that_is_gone_is_thanked_for_but_not_counted() -> None:
    chat = Chat(state=State("uk", chosen=True))

    chat.presses("useful:cinema")

    chat.sees(Reply(Rated(helped=True), "uk"))
    assert chat.counted == []


@pytest.mark.parametrize("kind", get_args(Unreadable))
def test_what_cannot_be_read_is_said_and_changes_nothing(kind: Unreadable) -> None:
    chat = Chat(state=BUSY)

    chat.sends(kind)

    chat.sees(Reply(CannotRead(kind), "uk"))
    assert chat.state == BUSY


def test_a_life_story_is_too_long() -> None:
    chat = Chat(state=BUSY)

    chat.sends_too_much(1000)

    chat.sees(Reply(TooLong(1000), "uk"))
    assert chat.state == BUSY


def test_trouble_is_admitted_and_nothing_is_lost() -> None:
    chat = Chat(state=BUSY)

    chat.meets_trouble()

    chat.sees(Reply(Trouble(), "uk"))
    assert chat.state == BUSY


def test_trouble_with_the_very_first_message_is_admitted_in_the_language_of_the_phone() -> None:
    chat = Chat()
    chat.phone_languages = ("fr-FR",)

    chat.meets_trouble()

    chat.sees(Reply(Trouble(), "fr"))


def test_a_command_that_does_not_exist_is_answered_with_help() -> None:
    chat = Chat(state=State("tr", chosen=True))

    chat.commands(None)

    chat.sees(Reply(Help(), "tr"))
