"""People write in several languages, and in some that Lotse cannot speak yet."""

from bot.conversation.replies import LanguageChoice, LanguageNotice, Menu, Reply, TopicAnswer, Welcome
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat


def test_a_question_in_another_language_is_answered_in_it_and_one_tap_stays_there() -> None:
    chat = Chat(state=State("de", chosen=True))

    chat.says("وين بلاقي دكتور أسنان", intent="find-a-doctor", language="ar")
    chat.sees(Reply(TopicAnswer("find-a-doctor", (), offer_language="ar"), "ar"))

    chat.presses("language:ar")
    chat.sees(Reply(Welcome(GUIDE.groups), "ar"))
    chat.says("بدي سجل ابني بالروضة", intent="kita-registration", language="ar")
    chat.sees(Reply(TopicAnswer("kita-registration"), "ar"))


def test_who_does_not_tap_stays_in_the_chosen_language() -> None:
    chat = Chat(state=State("de", chosen=True))
    chat.says("где найти врача", intent="find-a-doctor", language="ru")

    chat.presses("menu")

    chat.sees(Reply(Menu(GUIDE.groups), "de", in_place=True))


def test_who_only_writes_is_followed_from_language_to_language() -> None:
    chat = Chat()

    chat.says("Hallo", intent="greet", language="de")
    chat.sees(Reply(Menu(GUIDE.groups, "greet"), "de"))
    chat.says("دکتر اطفال کجاست", intent="find-a-doctor", language="fa")
    chat.sees(Reply(TopicAnswer("find-a-doctor"), "fa"))
    chat.presses("menu")
    chat.sees(Reply(Menu(GUIDE.groups), "fa", in_place=True))


def test_kurmanji_is_answered_in_turkish_with_one_notice() -> None:
    chat = Chat()

    chat.starts("kmr-TR")
    chat.sees(Reply(LanguageChoice(("tr", "de", "en", "ar", "fa", "uk", "ru", "fr")), "tr"))

    chat.says("ez dixwazim xwe tescil bikim li malê, ci lazim e", intent="kita-registration", language="ku")
    chat.sees(Reply(LanguageNotice("ku"), "tr"), Reply(TopicAnswer("kita-registration"), "tr"))

    chat.says("bijîşkek li ku ye", intent="find-a-doctor", language="ku")
    chat.sees(Reply(TopicAnswer("find-a-doctor"), "tr"))


def test_tigrinya_is_answered_in_english_and_nonsense_does_not_bring_the_notice_back() -> None:
    chat = Chat()

    chat.says("ሓኪም ኣበይ ይርከብ", intent="find-a-doctor", language="ti")
    chat.sees(Reply(LanguageNotice("ti"), "en"), Reply(TopicAnswer("find-a-doctor"), "en"))
    chat.says("ok", intent="affirm", language="en")
    chat.says("ኣድራሻይ ክልውጥ", intent="find-my-town-hall", language="ti")

    chat.sees(Reply(TopicAnswer("find-my-town-hall", ("register-address",)), "en"))


def test_kurmanji_is_answered_in_the_language_that_was_chosen() -> None:
    chat = Chat()
    chat.starts("de-DE")
    chat.presses("language:ar")

    chat.says("bijîşkek li ku ye", intent="find-a-doctor", language="ku")

    chat.sees(Reply(LanguageNotice("ku"), "ar"), Reply(TopicAnswer("find-a-doctor"), "ar"))


def test_a_notice_stands_before_every_kind_of_answer() -> None:
    chat = Chat(state=State("fa"))
    chat.finds("find-a-doctor")

    chat.says("زه ډاکټر غواړم", intent="find-a-doctor", decision="unknown", language="ps")

    assert [type(reply.meaning).__name__ for reply in chat.shown] == ["LanguageNotice", "NoAnswer"]


def test_who_asks_for_another_language_is_offered_all() -> None:
    chat = Chat(state=State("de", chosen=True))

    chat.says("Türkçe konuşabilir misin?", intent="change_language", language="tr")

    chat.sees(Reply(LanguageChoice(("de", "tr", "en", "ar", "fa", "uk", "ru", "fr")), "de"))


def test_two_words_that_could_be_any_language_do_not_change_it() -> None:
    chat = Chat(state=State("uk"))

    chat.says("BAMF Jobcenter", intent="find-a-job", language=None)

    chat.sees(Reply(TopicAnswer("find-a-job", ("transition-management",)), "uk"))
