"""A newcomer asks in his or her own words."""

from bot.channels.telegram.rendering import RIGHT_TO_LEFT_MARK
from tests.support.service import Service
from tests.telegram_api.chats import visible
from tests.telegram_api.phone import Phone
from tests.telegram_api.server import FakeTelegram


async def someone_who_speaks(telegram: FakeTelegram, name: str, *, phone_language: str) -> Phone:
    """A phone on which the language of this name was chosen."""
    phone = telegram.phone(language=phone_language)
    await phone.start()
    await phone.message()
    await phone.press(name)
    await phone.message()
    return phone


async def test_a_question_gets_the_page_with_its_source_and_ways_to_go_on(
    telegram: FakeTelegram, lotse: Service
) -> None:
    lotse.understanding.learns("Wo melde ich mich an?", intent="register-address", language="de")
    phone = await someone_who_speaks(telegram, "Deutsch", phone_language="de")
    await phone.send("Wo melde ich mich an?")
    answer = await phone.message()
    page = lotse.page("register-address", "de")
    assert answer.text.startswith(page.title)
    assert page.text.split("\n")[0] in answer.text
    assert "Quelle: Stadt Peine, geprüft am 22. November 2026" in answer.text
    assert "Maschine" not in answer.text, "a page that people wrote or checked bears no such mark"
    assert answer.labels[:3] == ["👍 Ja", "👎 Nein", lotse.page("find-my-town-hall", "de").title]
    await phone.press("👎")
    sorry = await phone.message()
    assert lotse.phrases("de")("You can ask again in other words, or talk to a person.") in sorry.text
    assert sorry.find(lotse.page("report-an-error", "de").title)


async def test_a_question_in_another_language_is_answered_in_it_with_the_offer_to_stay(
    telegram: FakeTelegram, lotse: Service
) -> None:
    lotse.understanding.learns("Де зареєструватися?", intent="register-address", language="uk")
    phone = await someone_who_speaks(telegram, "Deutsch", phone_language="de")
    await phone.send("Де зареєструватися?")
    answer = await phone.message()
    assert answer.text.startswith(lotse.page("register-address", "uk").title)
    await phone.press(lotse.phrases("uk")("Continue in {language}", language="Українська"))
    assert lotse.phrases("uk")("Welcome!") in (await phone.message()).text
    await phone.send("/menu")
    assert lotse.phrases("uk")("Write your question, or choose a subject:") in (await phone.message()).text


async def test_a_question_in_kurmanji_is_answered_in_turkish_and_lotse_says_so_once(
    telegram: FakeTelegram, lotse: Service
) -> None:
    lotse.understanding.learns("Ez li ku qeyd dibim?", intent="register-address", language="ku")
    phone = telegram.phone(language="ku")
    await phone.send("Ez li ku qeyd dibim?")
    assert (await phone.message()).text == lotse.knowledge.languages["ku"].notice.format(language="Türkçe")
    assert (await phone.message()).text.startswith(lotse.page("register-address", "tr").title)
    await phone.send("Ez li ku qeyd dibim?")
    assert (await phone.message()).text.startswith(lotse.page("register-address", "tr").title)


async def test_an_unsure_understanding_asks_did_you_mean(telegram: FakeTelegram, lotse: Service) -> None:
    lotse.understanding.learns(
        "kita arzt",
        intent="kita-registration",
        decision="clarify",
        language="de",
        ranking=("kita-registration", "find-a-doctor", "talk_to_human", "find-a-job"),
    )
    phone = await someone_who_speaks(telegram, "Deutsch", phone_language="de")
    await phone.send("kita arzt")
    question = await phone.message()
    assert question.labels[:4] == [
        lotse.page("kita-registration", "de").title,
        lotse.page("find-a-doctor", "de").title,
        lotse.phrases("de")("Talk to a person"),
        lotse.phrases("de")("None of these"),
    ]
    await phone.press(lotse.page("find-a-doctor", "de").title)
    assert (await phone.message()).text.startswith(lotse.page("find-a-doctor", "de").title)

    await phone.press(lotse.phrases("de")("None of these"), on=question)
    neither = await phone.message()
    assert (neither.id, neither.edited) == (question.id, True)
    assert lotse.phrases("de")("I do not know that. I do not want to guess.") in neither.text


async def test_what_is_not_understood_is_searched_for(telegram: FakeTelegram, lotse: Service) -> None:
    lotse.search.finds["گذرنامه‌ام گم شده"] = ("residence-permit", "find-my-town-hall")
    phone = await someone_who_speaks(telegram, "فارسی", phone_language="fa")
    await phone.send("گذرنامه‌ام گم شده")
    unknown = await phone.message()
    persian = lotse.phrases("fa")
    assert persian("I do not know that. I do not want to guess.") in visible(unknown.text)
    titles = [lotse.page(topic, "fa").title for topic in ("residence-permit", "find-my-town-hall")]
    assert [visible(label) for label in unknown.labels[:2]] == titles
    await phone.press(titles[1])
    assert visible((await phone.message()).text).removeprefix(RIGHT_TO_LEFT_MARK).startswith(titles[1])


async def test_where_nothing_is_found_lotse_says_that_it_does_not_know(telegram: FakeTelegram, lotse: Service) -> None:
    phone = await someone_who_speaks(telegram, "English", phone_language="en")
    await phone.send("Who won the match?")
    unknown = await phone.message()
    assert "I do not know that. I do not want to guess." in unknown.text
    assert "Please say it in other words, choose from the menu, or ask a person." in unknown.text
    assert unknown.labels == ["☰ Menu", "👤 A person", "🆘 Emergency"]
    await phone.press("👤 A person")
    people = await phone.message()
    assert people.text.startswith("Talk to a person")
    assert people.links, "an office that advises is named with its address"


async def test_what_is_none_of_lotses_business_leads_to_the_menu(telegram: FakeTelegram, lotse: Service) -> None:
    lotse.understanding.learns("Tell me a joke", intent="out_of_scope", decision="unknown", language="en")
    phone = await someone_who_speaks(telegram, "English", phone_language="en")
    await phone.send("Tell me a joke")
    refusal = await phone.message()
    assert "I cannot help with that." in refusal.text
    assert refusal.find("🧭 Arriving")


async def test_a_corrected_question_is_answered_too(telegram: FakeTelegram, lotse: Service) -> None:
    lotse.understanding.learns("Where is the library?", intent="library-and-internet", language="en")
    phone = await someone_who_speaks(telegram, "English", phone_language="en")
    await phone.send("Where is the libary?")
    assert "I do not know that." in (await phone.message()).text
    await phone.edit("Where is the library?")
    assert (await phone.message()).text.startswith(lotse.page("library-and-internet", "en").title)


async def test_several_questions_at_once_are_answered_in_their_order(telegram: FakeTelegram, lotse: Service) -> None:
    topics = ["find-a-doctor", "find-a-flat", "find-a-job", "food-bank-and-second-hand", "waste-separation"]
    for topic in topics:
        lotse.understanding.learns(f"about {topic}", intent=topic, language="en")
    phone = await someone_who_speaks(telegram, "English", phone_language="en")
    for topic in topics:
        await phone.send(f"about {topic}")
    for topic in topics:
        assert (await phone.message()).text.startswith(lotse.page(topic, "en").title)


async def test_a_thumb_up_after_an_answer_is_a_yes_and_folded_hands_are_thanks(
    telegram: FakeTelegram, lotse: Service
) -> None:
    lotse.understanding.learns("I need a doctor", intent="find-a-doctor", language="en")
    phone = await someone_who_speaks(telegram, "English", phone_language="en")
    await phone.send("I need a doctor")
    await phone.message()
    await phone.send("👍🏽")
    assert "Thank you! That is good to know." in (await phone.message()).text
    await phone.send("🙏")
    assert "You are welcome! I am glad to help." in (await phone.message()).text
