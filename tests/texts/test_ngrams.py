import numpy as np
import pytest

from bot.texts.ngrams import counted, hashed

BUCKETS = 1 << 16


def test_an_n_gram_may_reach_over_the_edge_of_its_word_by_one_blank() -> None:
    # " ab ": " ab" and "ab " are its two trigrams.
    assert len(hashed("ab", (3,), BUCKETS)) == 2
    assert set(hashed("ab", (3,), BUCKETS)) <= set(hashed("ab cd", (3,), BUCKETS))


def test_no_n_gram_reaches_from_one_word_into_the_next() -> None:
    apart = [*hashed("wohn", (3,), BUCKETS), *hashed("geld", (3,), BUCKETS)]
    assert sorted(hashed("wohn geld", (3,), BUCKETS)) == sorted(apart)


def test_a_word_shorter_than_the_n_gram_still_counts_once() -> None:
    assert len(hashed("a", (5,), BUCKETS)) == 1
    assert len(hashed("a", (4, 5), BUCKETS)) == 1


def test_a_compound_shares_the_n_grams_of_its_parts() -> None:
    part, whole = set(hashed("wohngeld", (5,), BUCKETS)), set(hashed("wohngeldantrag", (5,), BUCKETS))
    assert len(part & whole) >= len(part) - 1


def test_a_misspelt_word_keeps_most_of_its_n_grams_and_another_word_none() -> None:
    right = set(hashed("aufenthaltserlaubnis", (4,), BUCKETS))
    misspelt = set(hashed("aufenthaltserlaupnis", (4,), BUCKETS))
    other = set(hashed("kindergeld", (4,), BUCKETS))
    assert len(right & misspelt) > len(right) / 2
    assert not right & other


def test_every_bucket_is_one_of_the_table() -> None:
    found = hashed("wo melde ich mich an ? أين أسجل", (1, 2, 3), 7)
    assert found.dtype == np.uint32
    assert found.max() < 7


def test_the_same_text_has_the_same_buckets_in_every_run() -> None:
    assert hashed("wo", (3,), BUCKETS).tolist() == [3082, 61543]


def test_an_empty_text_has_no_n_grams() -> None:
    assert len(hashed("", (3,), BUCKETS)) == 0
    buckets, weights = counted(hashed("  ", (3,), BUCKETS))
    assert len(buckets) == len(weights) == 0


def test_a_repeated_n_gram_weighs_more_but_not_in_proportion() -> None:
    buckets, weights = counted(hashed("ja ja ja nein", (5,), BUCKETS))
    by_bucket = dict(zip(buckets.tolist(), weights.tolist(), strict=True))
    [yes] = set(hashed("ja", (5,), BUCKETS).tolist())
    assert by_bucket[yes] == pytest.approx(1 + np.log(3))
    assert all(weight == 1 for bucket, weight in by_bucket.items() if bucket != yes)
