from bot.conversation.replies import NoAnswer, NotYetWritten, Rated, Reply, TopicAnswer
from bot.conversation.requests import CountFeedback, Search
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import answer
from tests.support.dialogue import GUIDE


def test_a_topic_is_answered_with_the_related_topics_that_have_a_page() -> None:
    step = answer.give(State("uk", offered=("register-address",), sought="x"), "register-address", "uk", GUIDE)

    related = ("find-my-town-hall", "residence-permit")
    assert step == Step(
        State("uk", topic="register-address", rating=True), (Reply(TopicAnswer("register-address", related), "uk"),)
    )


def test_an_answer_in_the_chosen_language_offers_no_other() -> None:
    step = answer.give(State("uk", chosen=True), "find-a-job", "uk", GUIDE)

    assert step.replies == (Reply(TopicAnswer("find-a-job", ("transition-management",), None), "uk"),)


def test_an_answer_in_another_language_than_the_chosen_one_offers_to_stay_in_it() -> None:
    step = answer.give(State("de", chosen=True), "find-a-doctor", "uk", GUIDE)

    assert step.replies == (Reply(TopicAnswer("find-a-doctor", (), "uk"), "uk"),)


def test_who_has_chosen_no_language_is_not_asked_to_stay_in_one() -> None:
    step = answer.give(State(), "find-a-doctor", "uk", GUIDE)

    assert step.replies == (Reply(TopicAnswer("find-a-doctor"), "uk"),)


def test_a_topic_without_page_is_searched_for_in_the_words_of_the_newcomer() -> None:
    step = answer.give(State("fr", topic="find-a-job"), "broadcasting-fee", "fr", GUIDE, text="la redevance télé")

    assert step == Step(State("fr", sought="broadcasting-fee"), (), (Search("la redevance télé", "fr"),))


def test_a_topic_without_page_and_without_words_is_honestly_not_there() -> None:
    step = answer.give(State("fr"), "broadcasting-fee", "fr", GUIDE)

    assert step == Step(State("fr"), (Reply(NotYetWritten("broadcasting-fee"), "fr"),))


def test_what_a_search_finds_is_offered() -> None:
    step = answer.found(State("fr", offered=("greet",)), ("find-a-job",), "fr")

    assert step == Step(State("fr"), (Reply(NoAnswer(("find-a-job",)), "fr"),))


def test_a_search_for_an_unwritten_topic_says_that_it_is_unwritten() -> None:
    step = answer.found(State("fr", sought="broadcasting-fee"), ("find-a-job",), "fr")

    assert step == Step(State("fr"), (Reply(NotYetWritten("broadcasting-fee", ("find-a-job",)), "fr"),))


def test_a_yes_and_a_no_are_counted() -> None:
    state = State("tr", topic="find-a-job")

    yes = answer.rate(state, "find-a-job", "tr", GUIDE, helped=True)
    no = answer.rate(state, "find-a-job", "tr", GUIDE, helped=False)

    assert yes == Step(state, (Reply(Rated(True), "tr"),), (CountFeedback("find-a-job", "tr", helped=True),))
    assert no == Step(state, (Reply(Rated(False), "tr"),), (CountFeedback("find-a-job", "tr", helped=False),))


def test_an_old_topic_is_thanked_for_but_not_counted() -> None:
    step = answer.rate(State("tr"), "cinema", "tr", GUIDE, helped=True)

    assert step == Step(State("tr"), (Reply(Rated(True), "tr"),))
