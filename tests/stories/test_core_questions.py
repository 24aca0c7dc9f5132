"""Questions in the newcomer's own words: understood, half understood, not understood, none of Lotse's business."""

import pytest

from bot.conversation.replies import DidYouMean, Menu, NoAnswer, NotYetWritten, OutOfScope, Reply, TopicAnswer
from bot.conversation.requests import Search
from bot.conversation.state import State
from tests.support.dialogue import GUIDE, Chat

REGISTER = TopicAnswer("register-address", ("find-my-town-hall", "residence-permit"))


@pytest.mark.parametrize(
    ("phone", "language", "question"),
    [
        ("de-DE", "de", "Wie lange hab ich Zeit mich anzumelden nach dem Einzug?"),
        ("en-GB", "en", "I forgot to register my new adress will they punish me"),
        ("ar-SY", "ar", "نقلت على بيت جديد بفندبورغ، كم يوم معي لسجل؟"),
        ("fa-AF", "fa", "از ایدمیسن کوچ کردیم به پاینه آدرس نو ره چطور ثبت کنم"),
        ("tr-TR", "tr", "Ev sahibi bana bir kağıt imzaladı verdi, bunu nereye götüreceğim"),
        ("uk-UA", "uk", "минуло вже три тижні а ми ще не прописані, буде штраф?"),
        ("ru-RU", "ru", "хозяин дал бумажку что я у него живу, куда ее нести"),
        ("fr-FR", "fr", "la banque demande un papier qui prouve que j'habite ici, je prends ça où"),
    ],
)
def test_a_question_in_each_language_is_answered_in_it(phone: str, language: str, question: str) -> None:
    chat = Chat()
    chat.starts(phone)
    chat.presses(f"language:{language}")

    chat.says(question, intent="register-address", language=language)

    chat.sees(Reply(REGISTER, language))
    assert chat.searched == []


def test_a_text_is_never_remembered() -> None:
    chat = Chat()
    chat.finds("find-a-doctor")

    chat.says("мене звати Олена, болить зуб", intent="find-a-doctor", decision="unknown", language="uk")

    assert "Олена" not in str(chat.state.to_json())


def test_an_unsure_question_is_answered_once_the_newcomer_has_picked() -> None:
    chat = Chat(state=State("ru", chosen=True))

    chat.says(
        "бумажка для садика",
        intent="kita-registration",
        decision="clarify",
        language="ru",
        ranking=("kita-registration", "register-address", "out_of_scope", "book_appointment", "greet"),
    )
    chat.sees(Reply(DidYouMean(("kita-registration", "register-address", "book_appointment")), "ru"))

    chat.presses("intent:register-address")
    chat.sees(Reply(REGISTER, "ru"))
    assert chat.state == State("ru", chosen=True, topic="register-address", rating=True)


def test_none_of_the_guesses_is_admitted_without_another_guess() -> None:
    chat = Chat(state=State("tr", chosen=True))
    chat.says(
        "kağıt lazım",
        intent="residence-permit",
        decision="clarify",
        language="tr",
        ranking=("residence-permit", "register-address"),
    )

    chat.presses("neither")

    chat.sees(Reply(NoAnswer(), "tr", in_place=True))
    assert chat.searched == []


def test_an_unknown_question_is_searched_for() -> None:
    chat = Chat(state=State("fa", chosen=True))
    chat.finds("find-a-doctor", "residence-permit")

    chat.says("عینک نو کجا می‌شود", intent="find-a-doctor", decision="unknown", language="fa")

    chat.sees(Reply(NoAnswer(("find-a-doctor", "residence-permit")), "fa"))
    assert chat.searched == [Search("عینک نو کجا می‌شود", "fa")]


def test_a_question_that_nothing_is_found_for_is_honestly_not_known() -> None:
    chat = Chat(state=State("en", chosen=True))
    chat.finds()

    chat.says("can I keep a goat on my balcony", intent="tenant-rights", decision="unknown", language="en")

    chat.sees(Reply(NoAnswer(), "en"))


def test_what_is_none_of_lotses_business_leads_to_the_menu_without_a_search() -> None:
    chat = Chat(state=State("fr", chosen=True))

    chat.says("qui a gagné le match hier soir ?", intent="out_of_scope", decision="unknown", language="fr")

    chat.sees(Reply(OutOfScope(GUIDE.groups), "fr"))
    assert chat.searched == []


def test_a_topic_without_page_is_admitted_with_the_nearest_pages() -> None:
    chat = Chat(state=State("de", chosen=True))
    chat.finds("find-my-town-hall")

    chat.says("Muss ich GEZ zahlen?", intent="broadcasting-fee", language="de")

    chat.sees(Reply(NotYetWritten("broadcasting-fee", ("find-my-town-hall",)), "de"))
    assert chat.searched == [Search("Muss ich GEZ zahlen?", "de")]
    assert chat.state == State("de", chosen=True)


def test_a_topic_without_page_does_not_colour_the_next_question() -> None:
    chat = Chat(state=State("de", chosen=True))
    chat.says("Muss ich GEZ zahlen?", intent="broadcasting-fee", language="de")

    chat.says("und wie ist das mit dem Dings", intent="greet", decision="unknown", language="de")

    chat.sees(Reply(NoAnswer(), "de"))


def test_a_button_to_a_page_that_was_taken_down_says_so() -> None:
    chat = Chat(state=State("ar", chosen=True))

    chat.presses("topic:broadcasting-fee")

    chat.sees(Reply(NotYetWritten("broadcasting-fee"), "ar"))


def test_a_talk_begins_and_ends_politely() -> None:
    chat = Chat()

    chat.says("Доброго дня!", intent="greet", language="uk")
    chat.sees(Reply(Menu(GUIDE.groups, "greet"), "uk"))
    chat.says("не можу знайти лікаря для дитини", intent="find-a-doctor", language="uk")
    chat.sees(Reply(TopicAnswer("find-a-doctor"), "uk"))
    chat.says("дякую", intent="thank", language="uk")
    chat.sees(Reply(Menu(GUIDE.groups, "thank"), "uk"))
    chat.says("до побачення", intent="goodbye", language="uk")
    chat.sees(Reply(Menu(GUIDE.groups, "goodbye"), "uk"))
