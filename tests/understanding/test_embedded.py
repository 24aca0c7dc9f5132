from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest

from bot.conversation.utterance import OUT_OF_SCOPE
from bot.texts.vectors import Vectoriser
from bot.understanding import embedded
from bot.understanding.classifier import Model
from bot.understanding.embedded import EmbeddedEngine, nothing_said, prepare_model
from bot.understanding.examples import BrokenExamples, Example
from tests.support.encoder import BagOfWords


async def test_an_utterance_says_what_was_meant_how_sure_that_is_and_in_which_language(model: Model) -> None:
    utterance = await EmbeddedEngine(model, Vectoriser(BagOfWords())).understand("Wir suchen eine Wohnung", None)
    assert utterance.intent == "find-a-flat"
    assert utterance.language == "de"
    assert utterance.engine == "embedded"
    assert utterance.ranking[0].intent == utterance.intent
    assert utterance.ranking[0].confidence == utterance.confidence
    confidences = [guess.confidence for guess in utterance.ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert len(utterance.ranking) >= 3


async def test_danger_in_other_words_is_an_emergency(model: Model) -> None:
    utterance = await EmbeddedEngine(model, Vectoriser(BagOfWords())).understand("mein mann schlägt uns", "de")
    assert utterance.decision == "emergency"


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_a_blank_message_means_nothing_and_asks_no_model(model: Model, text: str) -> None:
    encoder = BagOfWords()
    utterance = await EmbeddedEngine(model, Vectoriser(encoder)).understand(text, "ar")
    assert utterance == nothing_said(model.intents)
    assert (utterance.intent, utterance.decision, utterance.language) == (OUT_OF_SCOPE, "unknown", None)
    assert len(utterance.ranking) >= 3
    assert encoder.batches == []


class InThisProcess:
    """Stands for the process pool: the training itself is the real one, without two seconds of start."""

    def __init__(self, _workers: int, **_how: Any) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None: ...

    def submit(self, work: Callable[..., Model], *arguments: Any) -> "Future[Model]":
        future: Future[Model] = Future()
        future.set_result(work(*arguments))
        return future


@pytest.fixture
def folder(tmp_path: Path, examples: Sequence[Example]) -> Path:
    """The examples as files."""
    for example in examples:
        path = tmp_path / "examples" / example.language / f"{example.intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(f"nlu:\n- intent: {example.intent}\n  examples: |\n", encoding="utf-8")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"    - {example.text}\n")
    return tmp_path / "examples"


def test_a_model_is_trained_in_another_process_and_kept(
    folder: Path, tmp_path: Path, examples: Sequence[Example]
) -> None:
    encoder, said = BagOfWords(), list[str]()
    trained = prepare_model(folder, tmp_path / "cache", encoder, said.append)
    assert said[0] == f"Computing sentence vectors: {len(examples)} of {len(examples)} (100 %)"
    encoder.batches.clear()
    said.clear()
    again = prepare_model(folder, tmp_path / "cache", encoder, said.append)
    assert (encoder.batches, said) == ([], [])
    np.testing.assert_array_equal(again.gram_weights, trained.gram_weights)


def test_a_changed_line_is_computed_and_trained_anew_and_the_old_model_goes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "ProcessPoolExecutor", InThisProcess)
    encoder = BagOfWords()
    prepare_model(folder, tmp_path / "cache", encoder)
    [old] = (tmp_path / "cache").glob("model-*.npz")
    encoder.batches.clear()
    with (folder / "de" / "find-a-flat.yml").open("a", encoding="utf-8") as file:
        file.write("    - Zimmer in einer WG\n")
    prepare_model(folder, tmp_path / "cache", encoder)
    assert encoder.batches == [["Zimmer in einer WG"]]
    [new] = (tmp_path / "cache").glob("model-*.npz")
    assert new != old


def test_a_broken_model_on_the_disk_is_trained_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "ProcessPoolExecutor", InThisProcess)
    prepare_model(folder, tmp_path / "cache", BagOfWords())
    [path] = (tmp_path / "cache").glob("model-*.npz")
    for broken in (b"", path.read_bytes()[:1000]):
        path.write_bytes(broken)
        assert "find-a-flat" in prepare_model(folder, tmp_path / "cache", BagOfWords()).intents
        assert len(path.read_bytes()) > 1000


def test_examples_that_cannot_be_read_are_named_before_anything_is_computed(folder: Path, tmp_path: Path) -> None:
    (folder / "de" / "find-a-flat.yml").write_text("nlu: [", encoding="utf-8")
    encoder = BagOfWords()
    with pytest.raises(BrokenExamples, match=r"find-a-flat\.yml"):
        prepare_model(folder, tmp_path / "cache", encoder)
    assert encoder.batches == []
