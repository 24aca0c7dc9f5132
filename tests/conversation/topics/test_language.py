from bot.conversation.replies import LanguageChoice, LanguageNotice, Reply, Welcome
from bot.conversation.state import State
from bot.conversation.topics import language
from tests.support.dialogue import GUIDE


def test_the_language_of_the_newcomer_goes_before_that_of_the_phone() -> None:
    assert language.speaking(State("fa"), ("de",), GUIDE) == "fa"


def test_a_stranger_is_spoken_to_in_the_first_language_of_the_phone_that_lotse_knows() -> None:
    assert language.speaking(State(), ("pt-BR", "uk-UA", "de"), GUIDE) == "uk"


def test_a_phone_in_a_language_without_interface_is_spoken_to_in_the_best_shared_one() -> None:
    assert language.speaking(State(), ("kmr-TR",), GUIDE) == "tr"


def test_a_phone_of_which_lotse_knows_no_language_is_spoken_to_in_english() -> None:
    assert language.speaking(State(), ("pt-BR",), GUIDE) == "en"


def test_a_stored_language_that_lotse_has_unlearnt_does_not_count() -> None:
    assert language.speaking(State("nl"), ("fr",), GUIDE) == "fr"


def test_all_languages_are_offered_that_of_the_phone_first() -> None:
    step = language.offer(State(), ("ar-SY", "fr"), GUIDE)

    offered = ("ar", "fr", "de", "en", "fa", "tr", "uk", "ru")
    assert step.replies == (Reply(LanguageChoice(offered), "ar"),)
    assert step.state == State()


def test_choosing_a_language_closes_what_was_open_and_welcomes() -> None:
    step = language.choose(State("de", topic="find-a-job", offered=("greet",), sought="x"), "tr", GUIDE)

    assert step.state == State("tr", chosen=True, topic="find-a-job")
    assert step.replies == (Reply(Welcome(GUIDE.groups), "tr", in_place=True),)


def test_choosing_a_language_without_interface_keeps_the_one_that_is_spoken() -> None:
    assert language.choose(State("ar"), "ku", GUIDE).state == State("ar", chosen=True)
    assert language.choose(State(), "ku", GUIDE).state == State("tr", chosen=True)


def test_choosing_a_language_that_does_not_exist_offers_all_again() -> None:
    step = language.choose(State("fr"), "klingon", GUIDE)

    offered = ("fr", "de", "en", "ar", "fa", "tr", "uk", "ru")
    assert step.replies == (Reply(LanguageChoice(offered), "fr", in_place=True),)
    assert step.state == State("fr")


def test_a_notice_is_given_once_for_a_language() -> None:
    state, first = language.notice(State("tr"), "ku", "tr", GUIDE)
    _state, second = language.notice(state, "ku", "tr", GUIDE)

    assert first == (Reply(LanguageNotice("ku"), "tr"),)
    assert second == ()


def test_another_language_without_interface_is_noticed_again() -> None:
    state, replies = language.notice(State("en", noticed="ku"), "ti", "en", GUIDE)

    assert state.noticed == "ti"
    assert replies == (Reply(LanguageNotice("ti"), "en"),)


def test_a_language_that_lotse_speaks_and_one_that_it_cannot_tell_need_no_notice() -> None:
    assert language.notice(State("de"), "fr", "fr", GUIDE) == (State("de"), ())
    assert language.notice(State("de"), None, "de", GUIDE) == (State("de"), ())
