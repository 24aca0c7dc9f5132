import pytest

from bot.i18n.isolates import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, isolate


def marked(text: str) -> str:
    """The text with its isolates made visible."""
    return text.replace(LEFT_TO_RIGHT_ISOLATE, "<").replace(POP_ISOLATE, ">")


def test_left_to_right_text_stays_as_it_is() -> None:
    assert isolate("Rathaus Peine, 05171 401-0", "ltr") == "Rathaus Peine, 05171 401-0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اذهب إلى Rathaus Peine.", "اذهب إلى <Rathaus Peine>."),
        ("اتصل: 0551 19240 الآن", "اتصل: <0551 19240> الآن"),
        ("اتصل: +49 551 19240", "اتصل: <+49 551 19240>"),
        ("حسب § 24 AufenthG", "حسب <§ 24 AufenthG>"),
        ("حسب § 24", "حسب <§ 24>"),
        ("الموقع www.peine.de.", "الموقع <www.peine.de>."),
        ("تحدّث українська هنا", "تحدّث <українська> هنا"),
    ],
)
def test_a_run_of_the_other_direction_is_isolated_without_the_punctuation_after_it(text: str, expected: str) -> None:
    assert marked(isolate(text, "rtl")) == expected


def test_a_lone_number_is_left_to_the_bidirectional_algorithm() -> None:
    assert isolate("خلال 14 يومًا", "rtl") == "خلال 14 يومًا"


def test_text_without_any_other_direction_stays_as_it_is() -> None:
    assert isolate("مرحبا بكم", "rtl") == "مرحبا بكم"
