import pytest

from bot.conversation.events import Said
from bot.conversation.replies import (
    DidYouMean,
    EmergencyCard,
    EraseQuestion,
    Help,
    LanguageChoice,
    LanguageNotice,
    Menu,
    NoAnswer,
    OutOfScope,
    Privacy,
    Rated,
    Reply,
    TopicAnswer,
)
from bot.conversation.requests import FindPeople, Search
from bot.conversation.state import State
from bot.conversation.topics import ask
from bot.conversation.utterance import ACTS, Decision
from tests.support.dialogue import GUIDE, an_utterance


def said(
    intent: str, decision: Decision = "answer", language: str | None = None, ranking: tuple[str, ...] = ()
) -> Said:
    return Said(an_utterance(intent, decision, language, ranking), "what was written", ("uk",))


# ---------------------------------------------------------------------- the language


def test_the_first_message_sets_the_language() -> None:
    assert ask.said(State(), said("find-a-job", language="fa"), GUIDE).state.locale == "fa"


def test_a_message_without_language_is_answered_in_that_of_the_phone() -> None:
    step = ask.said(State(), said("greet"), GUIDE)

    assert step.state.locale == "uk"
    assert step.replies == (Reply(Menu(GUIDE.groups, "greet"), "uk"),)


def test_a_message_in_a_language_that_lotse_has_never_heard_of_is_answered_in_that_of_the_phone() -> None:
    step = ask.said(State(), said("find-a-doctor", language="tlh"), GUIDE)

    assert step.replies == (Reply(TopicAnswer("find-a-doctor"), "uk"),)


def test_the_language_of_a_message_may_name_a_country() -> None:
    step = ask.said(State("de"), said("find-a-doctor", language="ar-SY"), GUIDE)

    assert step.replies == (Reply(TopicAnswer("find-a-doctor"), "ar"),)


def test_without_a_choice_lotse_follows_the_language_of_the_newcomer() -> None:
    """Else the buttons under an Arabic answer would lead to English pages, only because "hello" came first."""
    greeted = ask.said(State(), said("greet", language="en"), GUIDE).state

    assert ask.said(greeted, said("find-a-doctor", language="ar"), GUIDE).state.locale == "ar"


def test_a_chosen_language_stays_chosen() -> None:
    step = ask.said(State("de", chosen=True), said("find-a-doctor", language="ar"), GUIDE)

    assert step.state == State("de", chosen=True, topic="find-a-doctor", rating=True)
    assert step.replies == (Reply(TopicAnswer("find-a-doctor", (), "ar"), "ar"),)


def test_a_cry_for_help_does_not_change_the_language() -> None:
    step = ask.said(State("ar"), said("emergency", "emergency", "de"), GUIDE)

    assert step.state.locale == "ar"
    assert step.replies == (Reply(EmergencyCard(), "de"),)


def test_the_notice_stands_before_the_answer() -> None:
    step = ask.said(State(), said("find-a-doctor", language="ku"), GUIDE)

    assert step.replies == (Reply(LanguageNotice("ku"), "tr"), Reply(TopicAnswer("find-a-doctor"), "tr"))
    assert step.state == State("tr", topic="find-a-doctor", noticed="ku", rating=True)


def test_nobody_in_danger_reads_a_notice_first() -> None:
    step = ask.said(State(), said("emergency", "emergency", "ku"), GUIDE)

    assert step.replies == (Reply(EmergencyCard(), "tr"),)


# ---------------------------------------------------------------------- the decision


def test_an_unsure_message_is_asked_about() -> None:
    ranking = ("find-a-job", "transition-management", "greet", "find-a-doctor")

    step = ask.said(State("de", sought="x"), said("find-a-job", "clarify", ranking=ranking), GUIDE)

    assert step.replies == (Reply(DidYouMean(ranking[:3]), "de"),)
    assert step.state == State("de", offered=ranking[:3])


def test_only_what_can_be_answered_is_asked_about() -> None:
    ranking = ("out_of_scope", "broadcasting-fee", "find-a-job", "greet")

    step = ask.said(State("de"), said("out_of_scope", "clarify", ranking=ranking), GUIDE)

    assert step.replies == (Reply(DidYouMean(("find-a-job", "greet")), "de"),)


def test_unsure_of_nothing_that_can_be_answered_leads_to_the_search() -> None:
    step = ask.said(State("de"), said("out_of_scope", "clarify", ranking=("out_of_scope", "tax")), GUIDE)

    assert step.requests == (Search("what was written", "de"),)
    assert step.replies == ()


def test_an_unknown_message_is_searched_for() -> None:
    step = ask.said(State("de", offered=("greet",), sought="x"), said("find-a-job", "unknown"), GUIDE)

    assert step.state == State("de")
    assert step.requests == (Search("what was written", "de"),)


def test_what_is_surely_out_of_scope_is_not_searched_for() -> None:
    for decision in ("unknown", "answer"):
        step = ask.said(State("de", offered=("greet",)), said("out_of_scope", decision), GUIDE)

        assert step.state == State("de")
        assert step.replies == (Reply(OutOfScope(GUIDE.groups), "de"),)
        assert step.requests == ()


# ---------------------------------------------------------------------- the acts


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_is_done(act: str) -> None:
    step = ask.meant(State("ru"), act, "ru", GUIDE)

    assert step.replies or step.requests


@pytest.mark.parametrize("act", ["greet", "thank", "goodbye"])
def test_politeness_is_answered_with_politeness_and_the_menu(act: str) -> None:
    assert ask.meant(State("ru"), act, "ru", GUIDE).replies == (Reply(Menu(GUIDE.groups, act), "ru"),)


def test_another_language_is_offered_with_the_one_that_was_written_in_front() -> None:
    step = ask.meant(State("ru", chosen=True), "change_language", "fr", GUIDE)

    assert step.replies == (Reply(LanguageChoice(("ru", "fr", "de", "en", "ar", "fa", "tr", "uk")), "ru"),)


def test_an_emergency_that_was_picked_from_a_list_shows_the_card() -> None:
    assert ask.meant(State("ru"), "emergency", "ru", GUIDE).replies == (Reply(EmergencyCard(), "ru"),)


def test_questions_about_data_lead_to_the_data() -> None:
    assert ask.meant(State("ru"), "my_data", "ru", GUIDE).replies == (Reply(Privacy("privacy-and-consent"), "ru"),)
    assert ask.meant(State("ru"), "erase_my_data", "ru", GUIDE).replies == (Reply(EraseQuestion(), "ru"),)


def test_events_and_the_profile_are_answered_by_their_pages() -> None:
    events = ask.meant(State("ru"), "ask_events", "ru", GUIDE)
    profile = ask.meant(State("ru"), "start_profile", "ru", GUIDE)

    assert events.state.topic == "meeting-places-and-events"
    assert profile.state.topic == "transition-management"


def test_help_is_help() -> None:
    assert ask.meant(State("ru"), "help", "ru", GUIDE).replies == (Reply(Help(), "ru"),)


@pytest.mark.parametrize(
    "wish",
    [
        "book_appointment",
        "reschedule_appointment",
        "cancel_appointment",
        "my_appointments",
        "talk_to_human",
        "request_interpreter",
    ],
)
def test_what_only_people_can_do_leads_to_people(wish: str) -> None:
    assert ask.meant(State("ru"), wish, "ru", GUIDE).requests == (FindPeople(wish, "ru"),)


# ---------------------------------------------------------------------- yes and no


def test_yes_means_the_first_that_was_offered() -> None:
    step = ask.meant(State("en", offered=("find-a-job", "greet")), "affirm", "en", GUIDE)

    assert step.state == State("en", topic="find-a-job", rating=True)


def test_yes_to_an_offered_yes_goes_round_in_no_circle() -> None:
    step = ask.meant(State("en", offered=("affirm", "greet")), "affirm", "en", GUIDE)

    assert step.state == State("en")
    assert step.replies == (Reply(Menu(GUIDE.groups), "en"),)


def test_yes_and_no_after_an_answer_say_whether_it_helped() -> None:
    state = State("en", topic="find-a-job", rating=True)

    assert ask.meant(state, "affirm", "en", GUIDE).replies == (Reply(Rated(True), "en"),)
    assert ask.meant(state, "deny", "en", GUIDE).replies == (Reply(Rated(False), "en"),)


def test_no_to_what_was_offered_means_none_of_it() -> None:
    step = ask.meant(State("en", topic="find-a-job", offered=("greet",)), "deny", "en", GUIDE)

    assert step.state == State("en", topic="find-a-job")
    assert step.replies == (Reply(NoAnswer(), "en", in_place=True),)


def test_yes_and_no_to_nothing_show_the_menu() -> None:
    for act in ("affirm", "deny"):
        assert ask.meant(State("en"), act, "en", GUIDE).replies == (Reply(Menu(GUIDE.groups), "en"),)
