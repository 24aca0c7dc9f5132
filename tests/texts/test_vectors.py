import asyncio
from pathlib import Path

import numpy as np
import pytest

from bot.texts.vectors import DIMENSIONS, VectorCache, Vectoriser
from tests.support.encoder import BagOfWords


def test_vectors_are_computed_once_and_read_from_the_disk_ever_after(tmp_path: Path) -> None:
    encoder = BagOfWords()
    first = VectorCache(tmp_path / "v.npz", encoder).vectors(["Kita", "Schule"], "passage")
    again = VectorCache(tmp_path / "v.npz", encoder).vectors(["Kita", "Schule"], "passage")
    assert encoder.batches == [["Kita", "Schule"]]
    np.testing.assert_allclose(again, first, atol=1e-3)


def test_only_the_text_that_is_new_is_computed(tmp_path: Path) -> None:
    encoder = BagOfWords()
    cache = VectorCache(tmp_path / "v.npz", encoder)
    cache.vectors(["Kita", "Schule", "Arzt"], "passage")
    rows = cache.vectors(["Arzt", "Zahnarzt", "Kita"], "passage")
    assert encoder.batches[1:] == [["Zahnarzt"]]
    np.testing.assert_allclose(rows, BagOfWords().encode(["Arzt", "Zahnarzt", "Kita"], "passage"), atol=1e-3)


def test_a_question_and_a_passage_of_the_same_words_are_two_vectors(tmp_path: Path) -> None:
    encoder = BagOfWords()
    cache = VectorCache(tmp_path / "v.npz", encoder)
    cache.vectors(["Kita"], "passage")
    cache.vectors(["Kita"], "query")
    assert len(encoder.batches) == 2


def test_progress_counts_the_missing_texts_batch_by_batch(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.npz", BagOfWords())
    cache.vectors(["known"], "passage")
    heard: list[tuple[int, int]] = []
    cache.vectors(["known", *(f"text {n}" for n in range(100))], "passage", lambda done, of: heard.append((done, of)))
    assert heard == [(64, 100), (100, 100)]


def test_a_broken_cache_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "v.npz"
    for rubbish in (b"", b"no archive", b"PK\x03\x04 half an archive"):
        path.write_bytes(rubbish)
        encoder = BagOfWords()
        VectorCache(path, encoder).vectors(["Kita"], "passage")
        assert encoder.batches == [["Kita"]]
    assert len(VectorCache(path, encoder).vectors(["Kita"], "passage")) == 1
    assert encoder.batches == [["Kita"]]


def test_a_cache_file_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "v.npz"
    VectorCache(path, BagOfWords()).vectors(["Kita", "Schule"], "passage")
    whole = path.read_bytes()
    for length in (len(whole) // 3, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:length])
        encoder = BagOfWords()
        VectorCache(path, encoder).vectors(["Kita", "Schule"], "passage")
        assert encoder.batches == [["Kita", "Schule"]]


def test_no_texts_have_no_vectors_and_no_file(tmp_path: Path) -> None:
    rows = VectorCache(tmp_path / "v.npz", BagOfWords()).vectors([], "passage")
    assert rows.shape == (0, DIMENSIONS)
    assert not (tmp_path / "v.npz").exists()


async def test_questions_that_come_at_the_same_time_share_a_batch() -> None:
    encoder = BagOfWords()
    encoder.gate.clear()
    vectoriser = Vectoriser(encoder)
    first = asyncio.create_task(vectoriser.vector("first"))
    await asyncio.to_thread(encoder.begun.wait, 10)
    later = [asyncio.create_task(vectoriser.vector(f"later {number}")) for number in range(5)]
    await asyncio.sleep(0)  # lets each of them ask
    encoder.gate.set()
    rows = await asyncio.gather(first, *later)
    assert encoder.batches == [["first"], [f"later {number}" for number in range(5)]]
    np.testing.assert_array_equal(rows[3], BagOfWords().encode(["later 2"], "query")[0])
    vectoriser.close()


async def test_an_error_of_the_model_reaches_everybody_who_waits_and_the_next_question_is_tried_again() -> None:
    encoder = BagOfWords()
    encoder.fails = RuntimeError("out of memory")
    vectoriser = Vectoriser(encoder)
    outcomes = await asyncio.gather(*(vectoriser.vector(text) for text in ("a", "b", "c")), return_exceptions=True)
    assert outcomes == [encoder.fails] * 3
    encoder.fails = None
    assert (await vectoriser.vector("a")).shape == (DIMENSIONS,)
    vectoriser.close()


async def test_a_question_of_a_moment_ago_is_not_computed_again() -> None:
    encoder = BagOfWords()
    vectoriser = Vectoriser(encoder)
    first = await vectoriser.vector("Wo ist das Rathaus?")
    again = await vectoriser.vector("Wo ist das Rathaus?")
    assert len(encoder.batches) == 1
    np.testing.assert_array_equal(first, again)
    vectoriser.close()


async def test_of_the_last_questions_those_asked_again_are_kept_longest() -> None:
    encoder = BagOfWords()
    vectoriser = Vectoriser(encoder, kept=2)
    for text in ("often", "once", "often", "new"):
        await vectoriser.vector(text)
    encoder.batches.clear()
    await vectoriser.vector("often")
    assert encoder.batches == []
    await vectoriser.vector("once")
    assert encoder.batches == [["once"]]
    vectoriser.close()


@pytest.mark.parametrize("error", [None, RuntimeError("out of memory")])
async def test_who_no_longer_waits_does_not_keep_the_others_from_hearing(error: Exception | None) -> None:
    encoder = BagOfWords()
    encoder.gate.clear()
    vectoriser = Vectoriser(encoder)
    impatient = asyncio.create_task(vectoriser.vector("impatient"))
    patient = asyncio.create_task(vectoriser.vector("patient"))
    await asyncio.to_thread(encoder.begun.wait, 10)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    encoder.fails = error
    encoder.gate.set()
    [outcome] = await asyncio.gather(patient, return_exceptions=True)
    assert outcome is error if error else isinstance(outcome, np.ndarray)
    vectoriser.close()
