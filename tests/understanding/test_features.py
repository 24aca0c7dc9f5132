import numpy as np
import pytest

from bot.understanding.features import (
    INTENT_BUCKETS,
    LANGUAGE_BUCKETS,
    centred,
    intent_grams,
    language_grams,
    weighted,
)


def test_for_the_meaning_the_spelling_is_levelled_for_the_language_it_is_kept() -> None:
    assert intent_grams("Straße")[0].tolist() == intent_grams("STRASSE")[0].tolist()
    assert language_grams("Straße")[0].tolist() != language_grams("Strasse")[0].tolist()
    assert language_grams("ECHT")[0].tolist() == language_grams("echt")[0].tolist()


def test_a_weighted_text_has_length_one() -> None:
    grams = weighted(intent_grams("Wo melde ich mich an?"), np.full(INTENT_BUCKETS, 2.0, np.float32))
    assert float(np.linalg.norm(grams.weights)) == pytest.approx(1, abs=1e-5)


def test_what_no_example_holds_weighs_nothing_and_breaks_nothing() -> None:
    grams = weighted(language_grams("xyz"), np.zeros(LANGUAGE_BUCKETS, np.float32))
    assert not grams.weights.any()


def test_centred_vectors_lose_what_all_have_in_common() -> None:
    narrow = np.array([[10.0, 1.0, 0.0], [10.0, 0.0, 1.0]], np.float32)
    apart = centred(narrow, narrow.mean(axis=0))
    assert float(narrow[0] @ narrow[1]) > 0.9 * float(np.linalg.norm(narrow[0]) * np.linalg.norm(narrow[1]))
    assert float(apart[0] @ apart[1]) == pytest.approx(-1, abs=1e-5)


def test_a_vector_that_is_the_mean_itself_becomes_nothing_rather_than_infinite() -> None:
    assert centred(np.ones(3, np.float32), np.ones(3, np.float32)).tolist() == [0, 0, 0]
