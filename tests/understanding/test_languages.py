from dataclasses import replace

import numpy as np
import pytest

from bot.understanding.classifier import Model
from bot.understanding.languages import identify


@pytest.mark.parametrize("text", ["", "   ", "112", "?!", "🙂👍", "+49 5171 401"])
def test_of_a_message_without_letters_nothing_is_said(model: Model, text: str) -> None:
    assert identify(text, "ar", model) is None


@pytest.mark.parametrize("text", ["我想租房子", "Θέλω σπίτι", "ჩემი სახლი"])
def test_a_script_that_lotse_does_not_know_is_no_language_that_it_knows(model: Model, text: str) -> None:
    assert identify(text, "de", model) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ገዛ እደሊ ኣለኹ", "ti"),
        ("زه کور لټوم", "ps"),
        ("шукаю житло, їду в Пайне", "uk"),
        ("сын ищет жильё", "ru"),
        ("szukam mieszkania, proszę", "pl"),
        ("caut o locuință, vă mulțumesc și aștept", "ro"),
        ("Wie heißt die Straße", "de"),
    ],
)
def test_letters_that_only_one_language_has_decide_alone(model: Model, text: str, language: str) -> None:
    # Half of these languages are not even among the examples of this model.
    assert identify(text, None, model) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ich suche eine wohnung mit meiner familie", "de"),
        ("we are looking for a bigger flat", "en"),
        ("أبحث عن شقة", "ar"),
        ("хочу снять квартиру", "ru"),
    ],
)
def test_the_n_grams_decide_between_languages_of_one_script(model: Model, text: str, language: str) -> None:
    assert identify(text, None, model) == language


def test_a_short_message_is_in_the_chosen_language(model: Model) -> None:
    assert identify("ok", "tr", model) == "tr"
    assert identify("ok", "en", model) == "en"


def test_a_long_message_outweighs_the_chosen_language(model: Model) -> None:
    assert identify("ich suche eine wohnung und möchte kindergeld beantragen", "tr", model) == "de"


def test_a_long_german_office_word_does_not_make_a_short_pashto_message_german(model: Model) -> None:
    assert identify("زه ډاکټر Anmeldung", None, model) == "ps"


def test_the_chosen_language_does_not_count_in_another_script(model: Model) -> None:
    assert identify("хочу снять квартиру", "de", model) == "ru"


def test_a_word_that_could_be_anything_is_left_open_where_nothing_was_chosen(model: Model) -> None:
    languages = ("de", "en", "fr", "tr")
    undecided = replace(
        model,
        languages=languages,
        language_weights=np.zeros((len(model.language_weights), len(languages)), np.float16),
        language_bias=np.zeros(len(languages), np.float32),
    )
    assert identify("taxi", None, undecided) is None
    assert identify("taxi", "tr", undecided) == "tr"


def test_a_phone_that_writes_marks_apart_means_the_same_letters(model: Model) -> None:
    assert identify("szukam mieszkania, prosze\u0328", None, model) == "pl"
