"""A person instead of a machine, whatever the person is needed for."""

import pytest

from bot.conversation.caseworker import Caseworker
from bot.conversation.replies import DidYouMean, People, Reply
from bot.conversation.state import State
from tests.support.dialogue import Chat

MARYAM = Caseworker("Maryam Example", ("fa", "de"))


@pytest.mark.parametrize(
    ("wish", "language", "text"),
    [
        ("talk_to_human", "de", "ich will mit einem menschen reden"),
        ("book_appointment", "en", "I need an appointment with the advice centre"),
        ("reschedule_appointment", "tr", "randevumu başka güne alabilir miyim"),
        ("cancel_appointment", "ru", "не смогу прийти, отмените запись"),
        ("my_appointments", "uk", "коли в мене запис?"),
        ("request_interpreter", "ar", "بدي مترجم معي عند الدكتور"),
    ],
)
def test_every_wish_is_answered_with_people(wish: str, language: str, text: str) -> None:
    chat = Chat()

    chat.says(text, intent=wish, language=language)

    chat.sees(Reply(People(wish), language))


def test_the_button_and_the_command_lead_to_people_too() -> None:
    chat = Chat(state=State("fr", chosen=True))

    chat.presses("person")
    chat.sees(Reply(People("talk_to_human"), "fr"))
    chat.commands("person")
    chat.sees(Reply(People("talk_to_human"), "fr"))


def test_a_wish_that_was_picked_from_a_list_is_answered_with_people() -> None:
    chat = Chat(state=State("fa", chosen=True))
    chat.says("وقت", intent="book_appointment", decision="clarify", ranking=("book_appointment", "my_appointments"))
    chat.sees(Reply(DidYouMean(("book_appointment", "my_appointments")), "fa"))

    chat.presses("intent:my_appointments")

    chat.sees(Reply(People("my_appointments"), "fa"))


def test_the_people_of_the_sample_office_are_named() -> None:
    chat = Chat(state=State("fa", chosen=True))
    chat.caseworkers = (MARYAM,)

    chat.presses("person")

    chat.sees(Reply(People("talk_to_human", (MARYAM,)), "fa"))
