"""A bare yes or no means what was asked last."""

from bot.conversation.replies import DidYouMean, Erased, EraseQuestion, Menu, NoAnswer, Rated, Reply, TopicAnswer
from bot.conversation.requests import CountFeedback
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat


def asked_what_was_meant() -> Chat:
    chat = Chat(state=State("uk", chosen=True, topic="find-a-job"))
    chat.says(
        "садок",
        intent="kita-registration",
        decision="clarify",
        language="uk",
        ranking=("kita-registration", "find-a-doctor"),
    )
    chat.sees(Reply(DidYouMean(("kita-registration", "find-a-doctor")), "uk"))
    return chat


def test_yes_to_did_you_mean_takes_the_first() -> None:
    chat = asked_what_was_meant()

    chat.says("так", intent="affirm", language="uk")

    chat.sees(Reply(TopicAnswer("kita-registration"), "uk"))
    assert chat.counted == []


def test_no_to_did_you_mean_takes_none_and_counts_nothing() -> None:
    chat = asked_what_was_meant()

    chat.says("ні", intent="deny", language="uk")

    chat.sees(Reply(NoAnswer(), "uk", in_place=True))
    assert chat.counted == []


def test_yes_after_an_answer_says_that_it_helped() -> None:
    chat = Chat()
    chat.says("je cherche un médecin", intent="find-a-doctor", language="fr")

    chat.says("oui", intent="affirm", language="fr")

    chat.sees(Reply(Rated(helped=True), "fr"))
    assert chat.counted == [CountFeedback("find-a-doctor", "fr", helped=True)]


def test_no_after_an_answer_says_that_it_did_not() -> None:
    chat = Chat()
    chat.says("je cherche un médecin", intent="find-a-doctor", language="fr")

    chat.says("non", intent="deny", language="fr")

    chat.sees(Reply(Rated(helped=False), "fr"))
    assert chat.counted == [CountFeedback("find-a-doctor", "fr", helped=False)]


def test_yes_out_of_the_blue_shows_the_menu() -> None:
    chat = Chat(state=State("ar", chosen=True))

    chat.says("نعم", intent="affirm", language="ar")

    chat.sees(Reply(Menu(GUIDE.groups), "ar"))


def test_yes_to_an_act_that_was_offered_does_it() -> None:
    chat = Chat(state=State("de", chosen=True))
    chat.says("hm", intent="thank", decision="clarify", language="de", ranking=("thank", "goodbye"))

    chat.says("ja", intent="affirm", language="de")

    chat.sees(Reply(Menu(GUIDE.groups, "thank"), "de"))


def test_a_second_yes_is_not_counted_again() -> None:
    chat = Chat()
    chat.says("je cherche un médecin", intent="find-a-doctor", language="fr")
    chat.says("oui", intent="affirm", language="fr")

    chat.says("ok", intent="affirm", language="fr")

    chat.sees(Reply(Menu(GUIDE.groups), "fr"))
    assert len(chat.counted) == 1


def test_a_typed_yes_to_the_question_of_erasure_erases() -> None:
    chat = Chat(state=State("de", chosen=True, topic="find-a-job"))
    chat.says("lösch alles", intent="erase_my_data", language="de")
    chat.sees(Reply(EraseQuestion(), "de"))

    chat.says("ja", intent="affirm", language="de")

    chat.sees(Reply(Erased(), "de"))
    assert chat.state == State()


def test_a_typed_no_to_the_question_of_erasure_keeps_everything() -> None:
    chat = Chat(state=State("de", chosen=True))
    chat.says("lösch alles", intent="erase_my_data", language="de")
    chat.sees(Reply(EraseQuestion(), "de"))

    chat.says("nein", intent="deny", language="de")

    chat.sees(Reply(Menu(GUIDE.groups), "de"))
    assert chat.state == State("de", chosen=True)
