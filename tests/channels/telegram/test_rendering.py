"""Screens as Telegram messages: whatever Lotse can say, Telegram takes it, and a reader sees all of it."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.rendering import (
    LONGEST_MESSAGE,
    RIGHT_TO_LEFT_MARK,
    TelegramRenderer,
    plain_text,
)
from bot.conversation.actions import Action
from bot.conversation.replies import (
    CannotRead,
    DidYouMean,
    EmergencyCard,
    Erased,
    EraseQuestion,
    GroupMenu,
    Help,
    LanguageChoice,
    LanguageNotice,
    Meaning,
    Menu,
    NoAnswer,
    NotYetWritten,
    OldButton,
    OutOfScope,
    People,
    Privacy,
    Rated,
    Reply,
    TooLong,
    TopicAnswer,
    Trouble,
    Welcome,
)
from bot.conversation.utterance import ACTS
from bot.i18n.catalogues import Catalogues
from bot.i18n.isolates import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE
from bot.i18n.languages import Languages
from bot.library.library import Library
from bot.library.text import Block, Listing, Paragraph, Run, plain
from bot.screens.composer import Composer
from bot.screens.screen import Button, Screen
from bot.store.outbox import Payload
from tests.telegram_api import markup, validation

LOCALES = ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"]
OUTSIDE = TelegramRenderer("https://lotse.example")


def a_screen(*blocks: Block, **parts: Any) -> Screen:
    return Screen(**{"kind": "answer", "locale": "de", "direction": "ltr", "blocks": blocks, **parts})


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(Run(text) for text in texts))


def as_telegram_takes_it(payload: Payload) -> markup.Formatted:
    """The message as it appears; raises the Bot API's complaint if Telegram would not take it."""
    parameters: dict[str, Any] = {"chat_id": 42, "text": payload["text"], "parse_mode": "HTML"}
    if payload["method"] == "editMessageText":
        parameters["message_id"] = payload["message_id"]
    if payload.get("buttons"):
        parameters["reply_markup"] = {"inline_keyboard": payload["buttons"]}
    validation.check(payload["method"], parameters)
    return markup.read(payload["text"], "HTML")


def seen(payloads: Sequence[Payload]) -> str:
    """All that a reader sees."""
    return "\n\n".join(as_telegram_takes_it(payload).text for payload in payloads)


def rendered(screen: Screen, pressed: str | None = None) -> list[Payload]:
    return OUTSIDE.render([screen], pressed)


class TestEverythingThatLotseSays:
    @pytest.fixture(params=LOCALES)
    def locale(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def composer(self, library: Library, languages: Languages, catalogues: Catalogues) -> Composer:
        return Composer(library, languages, catalogues)

    def test_every_topic_is_delivered_whole(self, composer: Composer, library: Library, locale: str) -> None:
        other = "ar" if locale != "ar" else "de"
        for topic in library.topics:
            reply = Reply(TopicAnswer(topic, library.guide.related(topic), other), locale)
            shown = seen(rendered(composer.screen(reply), "7")).replace(RIGHT_TO_LEFT_MARK, "")
            page = library.page(topic, locale)
            assert page
            for line in [page.title, *page.text.splitlines()]:
                assert line.strip() in _without_isolates(shown), topic

    def test_every_screen_is_delivered(
        self, composer: Composer, library: Library, languages: Languages, locale: str
    ) -> None:
        for meaning in _every_meaning(library, languages):
            for in_place in (False, True):
                assert seen(rendered(composer.screen(Reply(meaning, locale, in_place)), "7")), meaning

    def test_every_screen_of_a_right_to_left_reader_runs_from_right_to_left(
        self, composer: Composer, library: Library, languages: Languages, locale: str
    ) -> None:
        right_to_left = languages[locale].direction == "rtl"
        for meaning in _every_meaning(library, languages):
            if isinstance(meaning, LanguageNotice):
                continue  # it is in another language
            for payload in rendered(composer.screen(Reply(meaning, locale))):
                lines = [line for line in plain_text(payload["text"]).splitlines() if line]
                assert {line.startswith(RIGHT_TO_LEFT_MARK) for line in lines} == {right_to_left}, meaning

    def test_the_emergency_card_shows_and_copies_every_number(self, composer: Composer, locale: str) -> None:
        (payload,) = rendered(composer.screen(Reply(EmergencyCard(), locale)))
        text = as_telegram_takes_it(payload).text
        copies = [button for row in payload["buttons"] for button in row if "copy_text" in button]
        assert [button["copy_text"]["text"] for button in copies][:2] == ["112", "110"]
        for button in copies:
            assert button["text"].removeprefix("📋 ") in _without_isolates(text)
        assert payload["buttons"][0][0]["url"] == f"https://lotse.example/emergency/{locale}"


def _every_meaning(library: Library, languages: Languages) -> Iterator[Meaning]:
    groups = library.guide.groups
    yield from (LanguageChoice(languages.interface), Welcome(groups), OutOfScope(groups), OldButton(groups))
    yield from (Menu(groups, opening) for opening in ("", "greet", "thank", "goodbye"))
    yield from (GroupMenu(group, library.guide.in_group(group)) for group in groups)
    yield from (DidYouMean((act,)) for act in sorted(ACTS))
    yield from (DidYouMean(tuple(library.topics)[:3]), NoAnswer(), NoAnswer(tuple(library.topics)[:3]))
    yield from (NotYetWritten("how-to-milk-a-cow"), NotYetWritten("x", tuple(library.topics)[:3]))
    yield from (EmergencyCard(), Help(), Privacy(None), Privacy("privacy-and-consent"), EraseQuestion(), Erased())
    yield from (People(wish) for wish in sorted(ACTS))
    yield from (Rated(helped=True), Rated(helped=False), TooLong(1000), Trouble())
    yield from (LanguageNotice(code) for code, language in languages.items() if not language.interface)
    for kind in ("sticker", "photo", "voice", "video", "document", "contact", "location", "emoji", "other"):
        yield CannotRead(kind)


def _without_isolates(text: str) -> str:
    return re.sub(f"[{LEFT_TO_RIGHT_ISOLATE}{POP_ISOLATE}]", "", text)


class TestText:
    def test_signs_of_html_are_shown_as_they_are(self) -> None:
        texts = ["a < b & c > d", '<script>alert("x")</script>', "&amp;", "</b>", "§ 24 AufenthG"]
        (payload,) = rendered(a_screen(*[paragraph(text) for text in texts], title="<i>&"))
        assert as_telegram_takes_it(payload).text.split("\n\n") == ["<i>&", *texts]

    def test_signs_of_html_in_a_link_are_escaped(self) -> None:
        address = 'https://www.peine.de/?a=1&b="2"&c=<3>'
        (payload,) = rendered(a_screen(Paragraph((Run("here", link=address),))))
        (entity,) = as_telegram_takes_it(payload).entities
        assert entity == {"type": "text_link", "offset": 0, "length": 4, "url": address}

    def test_styles_are_kept(self) -> None:
        runs = (Run("bold", bold=True), Run(" both", bold=True, italic=True), Run(" topic", topic="find-a-job"))
        (payload,) = rendered(a_screen(Paragraph(runs)))
        assert payload["text"] == "<b>bold</b><i><b> both</b></i><b> topic</b>"
        as_telegram_takes_it(payload)

    def test_a_number_to_call_is_text_that_the_phone_makes_tappable(self) -> None:
        (payload,) = rendered(a_screen(Paragraph((Run("0551 19240", bold=True, link="tel:+4955119240"),))))
        assert payload["text"] == "<b>0551 19240</b>"

    def test_lists_have_their_signs_and_stand_close(self) -> None:
        items = ((Run("one"),), (Run("two"),))
        (payload,) = rendered(a_screen(paragraph("Take:"), Listing(items), Listing(items, numbered=True)))
        assert payload["text"] == "Take:\n• one\n• two\n1. one\n2. two"

    def test_the_small_print_is_slanted(self) -> None:
        (payload,) = rendered(a_screen(paragraph("Text"), notes=(paragraph("Source: Stadt Peine"),)))
        assert payload["text"] == "Text\n\n<i>Source: Stadt Peine</i>"


class TestRightToLeft:
    @pytest.mark.parametrize(
        ("text", "isolated"),
        [
            ("اذهب إلى Rathaus Peine.", ["Rathaus Peine"]),
            ("اتصل: 0551 19240.", ["0551 19240"]),
            ("هاتف +49 5171 401-0، غرفة 12", ["+49 5171 401-0"]),
            ("المادة § 24 AufenthG", ["§ 24 AufenthG"]),
            ("الموقع www.peine.de (هنا)", ["www.peine.de"]),
            ("نص عربي فقط 112", []),
        ],
    )
    def test_what_runs_the_other_way_is_isolated(self, text: str, isolated: list[str]) -> None:
        (payload,) = rendered(a_screen(paragraph(text), locale="ar", direction="rtl"))
        shown = as_telegram_takes_it(payload).text
        assert shown.startswith(RIGHT_TO_LEFT_MARK)
        assert re.findall(f"{LEFT_TO_RIGHT_ISOLATE}(.*?){POP_ISOLATE}", shown) == isolated
        assert _without_isolates(shown).removeprefix(RIGHT_TO_LEFT_MARK) == text

    def test_labels_are_isolated_but_the_names_of_languages_are_not(self) -> None:
        buttons = ((Button("استمارة Anmeldung", Action("menu")), Button("Türkçe", Action("menu"), language="tr")),)
        (payload,) = rendered(a_screen(paragraph("x"), locale="ar", direction="rtl", buttons=buttons))
        assert [button["text"] for button in payload["buttons"][0]] == ["استمارة \u2066Anmeldung\u2069", "Türkçe"]

    def test_left_to_right_text_stays_as_it_is(self) -> None:
        (payload,) = rendered(a_screen(paragraph("Rathaus Peine, 0551 19240")))
        assert payload["text"] == "Rathaus Peine, 0551 19240"


class TestButtons:
    def test_a_button_presses_or_opens(self) -> None:
        buttons = ((Button("Menu", Action("menu")), Button("Map", url="https://www.peine.de/map")),)
        (payload,) = rendered(a_screen(paragraph("x"), buttons=buttons))
        assert payload["buttons"] == [
            [{"text": "Menu", "callback_data": "menu"}, {"text": "Map", "url": "https://www.peine.de/map"}]
        ]

    def test_the_way_back_is_the_last_row(self) -> None:
        menu = Button("Menu", Action("menu"))
        screen = a_screen(paragraph("x"), buttons=((Button("Job", Action("topic", "find-a-job")),),), back=(menu,))
        (payload,) = rendered(screen)
        assert payload["buttons"][-1] == [{"text": "Menu", "callback_data": "menu"}]

    def test_numbers_can_be_copied_three_in_a_row(self) -> None:
        phones = tuple((f"0{number} 11", f"0{number}11") for number in range(5))
        payload = TelegramRenderer().render([a_screen(paragraph("x"), phones=phones)], None)[0]
        assert [[button["copy_text"]["text"] for button in row] for row in payload["buttons"]] == [
            ["0011", "0111", "0211"],
            ["0311", "0411"],
        ]

    @pytest.mark.parametrize(
        ("public_url", "linked"),
        [
            ("https://lotse.example", True),
            ("http://192.0.2.7:8080", True),
            ("http://localhost:8080", False),
            ("https://lotse", False),
            ("https://lotse/a.b", False),
            ("https://lotse./", False),
            (None, False),
        ],
    )
    def test_the_page_to_call_from_is_linked_where_telegram_takes_the_link(
        self, public_url: str | None, linked: bool
    ) -> None:
        screen = a_screen(paragraph("x"), kind="emergency", phones=(("112", "112"),))
        (payload,) = TelegramRenderer(public_url).render([screen], None)
        as_telegram_takes_it(payload)
        assert any("url" in button for row in payload["buttons"] for button in row) == linked


class TestPlace:
    def test_a_screen_takes_the_place_of_the_one_whose_button_was_pressed(self) -> None:
        (payload,) = rendered(a_screen(paragraph("x"), in_place=True), "7")
        assert (payload["method"], payload["message_id"]) == ("editMessageText", 7)

    def test_an_answer_does_not(self) -> None:
        (payload,) = rendered(a_screen(paragraph("x")), "7")
        assert payload["method"] == "sendMessage"

    def test_without_a_press_there_is_no_place_to_take(self) -> None:
        (payload,) = rendered(a_screen(paragraph("x"), in_place=True), None)
        assert payload["method"] == "sendMessage"

    def test_only_the_first_of_several_screens_takes_a_place(self) -> None:
        screen = a_screen(paragraph("x"), in_place=True)
        payloads = OUTSIDE.render([screen, screen], "7")
        assert [payload["method"] for payload in payloads] == ["editMessageText", "sendMessage"]

    def test_of_a_long_screen_only_the_first_message_takes_a_place(self) -> None:
        payloads = rendered(a_screen(paragraph("x" * 4000), paragraph("y" * 4000), in_place=True), "7")
        assert [payload["method"] for payload in payloads] == ["editMessageText", "sendMessage"]


class TestLongTexts:
    def test_they_are_split_between_paragraphs(self) -> None:
        blocks = [paragraph(letter * 1500) for letter in "abcde"]
        payloads = rendered(a_screen(*blocks, buttons=((Button("Menu", Action("menu")),),)))
        texts = [as_telegram_takes_it(payload).text for payload in payloads]
        assert texts == [f"{'a' * 1500}\n\n{'b' * 1500}", f"{'c' * 1500}\n\n{'d' * 1500}", "e" * 1500]
        assert [bool(payload.get("buttons")) for payload in payloads] == [False, False, True]

    def test_exactly_as_much_as_telegram_takes_is_one_message(self) -> None:
        assert len(rendered(a_screen(paragraph("a" * LONGEST_MESSAGE)))) == 1
        assert len(rendered(a_screen(paragraph("a" * (LONGEST_MESSAGE + 1))))) > 1

    def test_an_emoji_counts_twice_as_telegram_counts(self) -> None:
        assert len(rendered(a_screen(paragraph("😀" * 2048)))) == 1
        assert len(rendered(a_screen(paragraph("😀" * 2049)))) > 1

    def test_escapes_do_not_count(self) -> None:
        assert len(rendered(a_screen(paragraph("&" * LONGEST_MESSAGE)))) == 1

    def test_one_endless_paragraph_is_split_all_the_same(self) -> None:
        runs = tuple(Run(f"word {number} <&> ", bold=number % 2 == 0) for number in range(2000))
        payloads = rendered(a_screen(Paragraph(runs)))
        words = seen(payloads).split()
        assert words == " ".join(run.text for run in runs).split()

    def test_one_endless_run_is_split_and_loses_only_its_style(self) -> None:
        text = "".join(f"<{number}>" for number in range(3000))
        payloads = rendered(a_screen(Paragraph((Run("before ", bold=True), Run(text, italic=True), Run(" after")))))
        assert seen(payloads).replace("\n\n", "") == f"before {text} after"

    @settings(max_examples=25)
    @given(st.data())
    def test_whatever_the_text_nothing_is_lost_and_telegram_takes_it(self, data: st.DataObject) -> None:
        visible = st.text(st.sampled_from("aä😀ب<>&\"' "), min_size=1, max_size=40)
        long = st.builds(lambda text, times: text * times, visible, st.sampled_from([1, 3, 120, 400]))
        runs = st.builds(Run, long, bold=st.booleans(), italic=st.booleans())
        lines = st.lists(runs, min_size=1, max_size=4).map(tuple)
        blocks = st.one_of(st.builds(Paragraph, lines), st.builds(Listing, st.lists(lines, min_size=1).map(tuple)))
        screen = a_screen(*data.draw(st.lists(blocks, min_size=1, max_size=6)), title="Title")
        shown = "".join(as_telegram_takes_it(payload).text for payload in rendered(screen))
        wanted = "Title" + plain(screen.blocks)
        assert _letters(shown) == _letters(wanted)


def _letters(text: str) -> str:
    """The text without blanks and list signs: only those may change when a text is split."""
    return re.sub(r"[\s•]", "", text)


@given(st.text())
def test_plain_text_is_what_stood_between_the_tags(text: str) -> None:
    (payload,) = TelegramRenderer().render([a_screen(Paragraph((Run("x"), Run(text[:100], bold=True))))], None)
    assert plain_text(payload["text"]) == "x" + text[:100] == unescape(re.sub("<[^>]*>", "", payload["text"]))
