"""Screens as JSON for the browser."""

import json
from typing import Any

import pytest

from bot.channels.webchat.rendering import WebRenderer, render_screen
from bot.conversation.actions import Action
from bot.conversation.replies import EmergencyCard, Reply, TopicAnswer
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.library import Library
from bot.library.text import Block, Listing, Paragraph, Run
from bot.screens.composer import Composer
from bot.screens.screen import Button, Screen


def a_screen(*blocks: Block, **parts: Any) -> Screen:
    return Screen(**{"kind": "answer", "locale": "de", "direction": "ltr", "blocks": blocks, **parts})


def test_runs_keep_their_style_and_their_link() -> None:
    runs = (
        Run("plain"),
        Run("bold", bold=True),
        Run("slanted", italic=True),
        Run("112", link="tel:112"),
        Run("Jobs", topic="find-a-job"),
    )
    assert render_screen(a_screen(Paragraph(runs)))["blocks"] == [
        {
            "p": [
                {"text": "plain"},
                {"text": "bold", "bold": True},
                {"text": "slanted", "italic": True},
                {"text": "112", "link": "tel:112"},
                {"text": "Jobs", "press": "topic:find-a-job"},
            ]
        }
    ]


def test_lists_say_whether_they_are_numbered() -> None:
    items = ((Run("one"),), (Run("two"),))
    bullets, numbers = render_screen(a_screen(Listing(items), Listing(items, numbered=True)))["blocks"]
    assert bullets == {"list": [[{"text": "one"}], [{"text": "two"}]], "numbered": False}
    assert numbers["numbered"] is True


def test_signs_of_html_stay_as_they_are_because_the_browser_makes_no_html_of_them() -> None:
    (block,) = render_screen(a_screen(Paragraph((Run("<b>&amp;"),))))["blocks"]
    assert block["p"][0]["text"] == "<b>&amp;"


def test_buttons_press_or_open_or_choose_a_language() -> None:
    row = (
        Button("Menu", Action("menu")),
        Button("Map", url="https://www.peine.de"),
        Button("العربية", Action("language", "ar"), language="ar"),
    )
    assert render_screen(a_screen(buttons=(row,)))["buttons"] == [
        [
            {"label": "Menu", "press": "menu"},
            {"label": "Map", "link": "https://www.peine.de"},
            {"label": "العربية", "lang": "ar", "press": "language:ar"},
        ]
    ]


def test_text_of_the_other_direction_is_isolated_in_all_parts() -> None:
    screen = a_screen(
        Paragraph((Run("اذهب إلى Rathaus"),)),
        locale="ar",
        direction="rtl",
        title="استمارة Anmeldung",
        back=(Button("عن Lotse", Action("menu")),),
    )
    shown = render_screen(screen)
    assert (shown["dir"], shown["lang"]) == ("rtl", "ar")
    assert shown["title"] == "استمارة \u2066Anmeldung\u2069"
    assert shown["blocks"][0]["p"][0]["text"] == "اذهب إلى \u2066Rathaus\u2069"
    assert shown["back"][0]["label"] == "عن \u2066Lotse\u2069"


class TestPlace:
    @pytest.mark.parametrize(
        ("in_place", "pressed", "replaces"),
        [(True, "7", 7), (True, None, None), (False, "7", None), (True, "seven", None), (True, "-7", None)],
    )
    def test_a_screen_may_take_the_place_of_the_one_whose_button_was_pressed(
        self, in_place: bool, pressed: str | None, replaces: int | None
    ) -> None:
        (payload,) = WebRenderer().render([a_screen(in_place=in_place)], pressed)
        assert payload.get("replaces") == replaces

    def test_only_the_first_of_several_screens_does(self) -> None:
        first, second = WebRenderer().render([a_screen(in_place=True)] * 2, "7")
        assert first["replaces"] == 7
        assert "replaces" not in second


@pytest.mark.parametrize("locale", ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"])
def test_every_topic_and_the_card_can_be_shown(
    library: Library, languages: Languages, catalogues: Catalogues, locale: str
) -> None:
    composer = Composer(library, languages, catalogues)
    replies = [Reply(TopicAnswer(topic, library.guide.related(topic)), locale) for topic in library.topics]
    for payload in WebRenderer().render(
        [composer.screen(one) for one in [*replies, Reply(EmergencyCard(), locale)]], None
    ):
        assert json.loads(json.dumps(payload)) == payload
        assert payload["title"]
        lines = [runs for block in payload["blocks"] for runs in ([block["p"]] if "p" in block else block["list"])]
        for run in (run for runs in lines for run in runs):
            assert run.get("link", "https:").startswith(("https:", "tel:", "mailto:")), "the page opens no other link"
            assert run.keys() <= {"text", "bold", "italic", "link", "press"}
