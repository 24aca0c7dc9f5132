"""What is stored, and how it goes."""

from bot.conversation.replies import Erased, EraseQuestion, LanguageChoice, Menu, Privacy, Reply
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat

PAGE = Privacy("privacy-and-consent")


def test_what_is_stored_is_said_by_button_by_command_and_by_question() -> None:
    chat = Chat(state=State("tr", chosen=True))

    chat.presses("privacy")
    chat.sees(Reply(PAGE, "tr"))
    chat.commands("privacy")
    chat.sees(Reply(PAGE, "tr"))
    chat.says("benim hakkımda ne biliyorsun", intent="my_data", language="tr")
    chat.sees(Reply(PAGE, "tr"))


def test_everything_is_erased_after_one_question_and_the_newcomer_is_a_stranger() -> None:
    chat = Chat()
    chat.starts("fa-AF")
    chat.presses("language:fa")
    chat.presses("topic:find-a-doctor")
    chat.presses("privacy")

    chat.presses("erase")
    chat.sees(Reply(EraseQuestion(), "fa", in_place=True))
    assert chat.erased == 0

    chat.presses("erase-yes")
    chat.sees(Reply(Erased(), "fa"))
    assert chat.erased == 1
    assert chat.state == State()

    chat.starts("fa-AF")
    chat.sees(Reply(LanguageChoice(("fa", "de", "en", "ar", "tr", "uk", "ru", "fr")), "fa"))


def test_who_writes_that_everything_shall_go_is_asked_as_well() -> None:
    chat = Chat(state=State("ru", chosen=True))

    chat.says("удали мои данные", intent="erase_my_data", language="ru")

    chat.sees(Reply(EraseQuestion(), "ru"))
    assert chat.erased == 0


def test_who_goes_back_instead_keeps_everything() -> None:
    chat = Chat(state=State("ru", chosen=True, topic="find-a-job"))
    chat.presses("erase")

    chat.presses("menu")

    chat.sees(Reply(Menu(GUIDE.groups), "ru", in_place=True))
    assert chat.erased == 0
    assert chat.state == State("ru", chosen=True, topic="find-a-job")
