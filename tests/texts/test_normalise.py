import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.normalise import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grundsicherung!!!", "grundsicherung"),
        ("Straße", "STRASSE"),
        ("Café", "cafe"),
        ("Bürgerbüro", "burgerburo"),
        ("  Wo \n bitte?", "wo bitte ?"),
        ("’s Rathaus", "'s rathaus"),
    ],
)
def test_case_marks_and_blanks_make_no_difference(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أين", "اين"),
        ("إقامة", "اقامه"),
        ("آمل", "امل"),
        ("مدرسة", "مدرسه"),
        ("علی", "علي"),
        ("مستشفى", "مستشفي"),
        ("کتاب", "كتاب"),
        ("گواهی", "گواهي"),
        ("مُدَرِّسَة", "مدرسه"),
        ("مـــدرسة", "مدرسه"),
        ("\u2067مدرسة\u2069", "مدرسه"),
        ("ډاکټر", "داكتر"),
    ],
)
def test_arabic_letters_that_stand_for_each_other_are_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_different_arabic_letters_stay_different() -> None:
    assert normalise("باب") != normalise("پاپ")
    assert normalise("سفر") != normalise("صفر")


def test_a_zero_width_non_joiner_parts_a_word_as_a_blank_does() -> None:
    assert normalise("می\u200cخواهم") == normalise("می خواهم")


def test_a_zero_width_joiner_and_direction_marks_vanish() -> None:
    assert normalise("lo\u200dt\u200es\u200fe") == "lotse"


@pytest.mark.parametrize("digits", ["١١٢", "۱۱۲", "１１２", "112"])
def test_digits_of_all_scripts_are_the_same_digits(digits: str) -> None:
    assert normalise(digits) == "112"


@pytest.mark.parametrize(
    ("one", "other"),
    [("ışık", "isik"), ("İSTANBUL", "istanbul"), ("Çalışma İzni", "calisma izni"), ("IŞIK", "isik")],
)
def test_turkish_letters_are_found_on_any_keyboard(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_polish_and_other_crossed_letters_lose_their_stroke() -> None:
    assert normalise("mieszkać w Łodzi") == "mieszkac w lodzi"


def test_latin_letters_inside_a_cyrillic_word_are_taken_for_cyrillic_ones() -> None:
    mixed = "п\u0061спорт"  # a Latin a between Cyrillic letters
    assert mixed != "паспорт"
    assert normalise(mixed) == normalise("паспорт")
    assert normalise("Мені пoтрібна дoвідка") == normalise("Мені потрібна довідка")


def test_a_latin_word_beside_cyrillic_ones_stays_latin() -> None:
    assert normalise("где Jobcenter").split()[1] == "jobcenter"


def test_ukrainian_and_russian_letters_that_only_differ_by_a_mark_are_one() -> None:
    assert normalise("ещё") == normalise("еще")
    assert normalise("ґанок") == normalise("ганок")


def test_a_letter_never_stands_three_times_in_a_row() -> None:
    assert normalise("hiiiiilfe") == normalise("hiilfe") == "hiilfe"
    assert normalise("schiff") == "schiff"


def test_a_question_mark_is_a_word_of_its_own_in_every_script() -> None:
    assert normalise("Wo?") == "wo ?"
    assert normalise("أين؟").endswith(" ?")


def test_nothing_but_signs_is_nothing() -> None:
    assert normalise("… ! 🙂 —") == ""


@given(st.text())
def test_a_levelled_text_is_lower_case_and_without_marks_and_double_blanks(text: str) -> None:
    levelled = normalise(text)
    assert levelled == " ".join(levelled.split())
    assert not any(unicodedata.category(char) == "Lu" for char in levelled)
