from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.classifier import Model, probabilities
from bot.understanding.examples import Example
from tests.support.encoder import BagOfWords


def intent(model: Model, text: str) -> str:
    scores = model.intent_scores(text, BagOfWords().encode([text], "query")[0])
    return model.intents[int(np.argmax(scores))]


def language(model: Model, text: str) -> str:
    return model.languages[int(np.argmax(model.language_scores(text)))]


def test_the_examples_themselves_are_understood(model: Model, examples: Sequence[Example]) -> None:
    assert [intent(model, example.text) for example in examples] == [example.intent for example in examples]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Suche dringend Wohnung!", "find-a-flat"),
        ("Kindergeldd beantragn", "child-benefit"),
        ("is there a flat to rent", "find-a-flat"),
        ("أبحث عن شقّة", "find-a-flat"),
    ],
)
def test_a_sentence_that_is_new_is_understood_by_its_words_and_their_parts(model: Model, text: str, meant: str) -> None:
    assert intent(model, text) == meant


@pytest.mark.parametrize(
    ("text", "written_in"),
    [
        ("ich brauche eine wohnung für meine kinder", "de"),
        ("we want to apply for a flat", "en"),
        ("daire için başvuru yapmak istiyorum", "tr"),
    ],
)
def test_the_language_shows_in_its_letters(model: Model, text: str, written_in: str) -> None:
    assert language(model, text) == written_in


def test_a_model_comes_back_from_the_disk_as_it_was_saved(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "models" / "model.npz"
    model.save(path)
    loaded = Model.load(path)
    assert (loaded.intents, loaded.languages) == (model.intents, model.languages)
    for field in fields(Model):
        np.testing.assert_array_equal(getattr(loaded, field.name), getattr(model, field.name))
    assert [file.name for file in path.parent.iterdir()] == ["model.npz"]


def test_a_model_that_is_not_there_or_not_whole_is_an_error_that_leads_to_a_new_training(
    model: Model, tmp_path: Path
) -> None:
    path = tmp_path / "model.npz"
    with pytest.raises(OSError, match=r"model\.npz"):
        Model.load(path)
    model.save(path)
    whole = path.read_bytes()
    for broken in (b"", b"no archive at all", whole[: len(whole) // 2], whole[:-10]):
        path.write_bytes(broken)
        with pytest.raises((OSError, ValueError, KeyError)):
            Model.load(path)


def test_a_model_of_an_older_form_is_not_taken(tmp_path: Path) -> None:
    np.savez(tmp_path / "model.npz", intents=np.array(["a"]))
    with pytest.raises(KeyError):
        Model.load(tmp_path / "model.npz")


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=200), st.floats(0.1, 20))
def test_probabilities_add_up_to_one_and_keep_the_order(scores: list[float], sharpness: float) -> None:
    likely = probabilities(np.array(scores, np.float32), sharpness)
    assert float(likely.sum()) == pytest.approx(1, abs=1e-3)
    assert likely[int(np.argmax(scores))] == likely.max()


def test_sharper_probabilities_are_surer_of_the_best() -> None:
    scores = np.array([1.0, 0.5, 0.0], np.float32)
    assert probabilities(scores, 8)[0] > probabilities(scores, 1)[0]
