"""Danger comes first, whatever else is going on."""

from collections.abc import Callable

import pytest

from bot.conversation.replies import EmergencyCard, Reply, TopicAnswer
from bot.conversation.state import State
from tests.support.dialogue import Chat


def nothing(chat: Chat) -> None:
    pass


def language_choice(chat: Chat) -> None:
    chat.starts("uk-UA")


def answer(chat: Chat) -> None:
    chat.presses("topic:find-a-job")


def did_you_mean(chat: Chat) -> None:
    chat.says("?", intent="find-a-job", decision="clarify", language="uk", ranking=("find-a-job", "greet"))


def erase_question(chat: Chat) -> None:
    chat.presses("erase")


def people(chat: Chat) -> None:
    chat.presses("person")


EVERYWHERE = [nothing, language_choice, answer, did_you_mean, erase_question, people]


@pytest.mark.parametrize("somewhere", EVERYWHERE)
def test_a_cry_for_help_shows_the_card_at_once(somewhere: Callable[[Chat], None]) -> None:
    chat = Chat()
    somewhere(chat)

    chat.says("він мене б'є, допоможіть", intent="emergency", decision="emergency", language="uk")

    chat.sees(Reply(EmergencyCard(), "uk"))
    assert chat.state.offered == ()
    assert chat.erased == 0


@pytest.mark.parametrize("somewhere", EVERYWHERE)
def test_the_button_shows_the_card_at_once_and_leaves_the_screen_before_it(somewhere: Callable[[Chat], None]) -> None:
    chat = Chat(state=State("uk"))
    somewhere(chat)

    chat.presses("emergency")

    chat.sees(Reply(EmergencyCard(), "uk", in_place=False))


def test_the_command_shows_the_card_at_once() -> None:
    chat = Chat()
    chat.phone_languages = ("ar-SY",)

    chat.commands("emergency")

    chat.sees(Reply(EmergencyCard(), "ar"))


def test_the_card_is_in_the_language_of_the_cry() -> None:
    chat = Chat(state=State("de", chosen=True))

    chat.says("الحقووني في نار بالبيت", intent="emergency", decision="emergency", language="ar")

    chat.sees(Reply(EmergencyCard(), "ar"))
    assert chat.state == State("de", chosen=True)


def test_a_cry_in_kurmanji_is_answered_in_turkish_without_a_notice_in_the_way() -> None:
    chat = Chat()

    chat.says("agir bi mala me ket", intent="emergency", decision="emergency", language="ku")
    chat.sees(Reply(EmergencyCard(), "tr"))

    chat.says("bijîşkek li ku ye", intent="find-a-doctor", language="ku")
    assert [type(reply.meaning).__name__ for reply in chat.shown] == ["LanguageNotice", "TopicAnswer"]


def test_danger_that_is_only_likely_can_be_picked() -> None:
    chat = Chat(state=State("en", chosen=True))
    chat.says(
        "he comes to my house", intent="domestic-violence", decision="clarify", ranking=("emergency", "find-a-job")
    )

    chat.presses("intent:emergency")

    chat.sees(Reply(EmergencyCard(), "en"))


def test_after_the_card_the_talk_goes_on() -> None:
    chat = Chat(state=State("fr", chosen=True))
    chat.says("au secours", intent="emergency", decision="emergency", language="fr")

    chat.says("il me faut un médecin", intent="find-a-doctor", language="fr")

    chat.sees(Reply(TopicAnswer("find-a-doctor"), "fr"))
