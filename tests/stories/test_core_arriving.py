"""The first minutes, by buttons alone: language, welcome, menu, group, topic, and whether it helped."""

from bot.conversation.replies import GroupMenu, LanguageChoice, Menu, Rated, Reply, TopicAnswer, Welcome
from bot.conversation.requests import CountFeedback
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat


def test_a_syrian_family_finds_out_how_to_register_their_address() -> None:
    chat = Chat()

    chat.starts("ar-SY")
    chat.sees(Reply(LanguageChoice(("ar", "de", "en", "fa", "tr", "uk", "ru", "fr")), "ar"))

    chat.presses("language:ar")
    chat.sees(Reply(Welcome(GUIDE.groups), "ar", in_place=True))

    chat.presses("group:arriving")
    chat.sees(Reply(GroupMenu("arriving", ("register-address", "find-my-town-hall")), "ar", in_place=True))

    chat.presses("topic:register-address")
    chat.sees(Reply(TopicAnswer("register-address", ("find-my-town-hall", "residence-permit")), "ar"))

    chat.presses("topic:find-my-town-hall")
    chat.sees(Reply(TopicAnswer("find-my-town-hall", ("register-address",)), "ar"))

    chat.presses("useful:find-my-town-hall")
    chat.sees(Reply(Rated(helped=True), "ar"))
    assert chat.counted == [CountFeedback("find-my-town-hall", "ar", helped=True)]
    assert chat.state == State("ar", chosen=True, topic="find-my-town-hall")


def test_an_answer_that_did_not_help_is_counted_as_such() -> None:
    chat = Chat()
    chat.starts("uk")
    chat.presses("language:uk")
    chat.presses("topic:find-a-job")

    chat.presses("useless:find-a-job")

    chat.sees(Reply(Rated(helped=False), "uk"))
    assert chat.counted == [CountFeedback("find-a-job", "uk", helped=False)]


def test_the_menu_is_a_way_back_from_everywhere() -> None:
    chat = Chat()
    chat.starts("fa")
    chat.presses("language:fa")
    chat.presses("topic:find-a-doctor")

    chat.presses("menu")

    chat.sees(Reply(Menu(GUIDE.groups), "fa", in_place=True))


def test_who_changes_the_language_is_welcomed_again_and_goes_on_in_it() -> None:
    chat = Chat()
    chat.starts("de-DE")
    chat.presses("language:de")
    chat.presses("topic:find-a-job")

    chat.presses("languages")
    chat.sees(Reply(LanguageChoice(("de", "en", "ar", "fa", "tr", "uk", "ru", "fr")), "de", in_place=True))
    chat.presses("language:ru")
    chat.sees(Reply(Welcome(GUIDE.groups), "ru"))
    chat.presses("topic:find-a-job")
    chat.sees(Reply(TopicAnswer("find-a-job", ("transition-management",)), "ru"))


def test_who_starts_again_next_month_is_offered_the_same_language_first() -> None:
    chat = Chat()
    chat.starts("de-DE")
    chat.presses("language:tr")

    chat.starts("de-DE")

    chat.sees(Reply(LanguageChoice(("tr", "de", "en", "ar", "fa", "uk", "ru", "fr")), "tr"))
