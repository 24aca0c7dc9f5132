"""Trains the classifiers on the examples. Runs in a process of its own, which takes scikit-learn's memory with it."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.texts.ngrams import Buckets
from bot.understanding.classifier import Model
from bot.understanding.examples import Example
from bot.understanding.features import (
    INTENT_BUCKETS,
    LANGUAGE_BUCKETS,
    Floats,
    centred,
    intent_grams,
    language_grams,
    weighted,
)

# An n-gram seen once in all examples says more about the example than about its intent.
_RAREST = 2
_REGULARISATION = 1.0


def train(examples: Sequence[Example], vectors: Floats) -> Model:
    """Train on examples and their vectors, a row for each. The same input gives the same model."""
    intents = tuple(sorted({example.intent for example in examples}))
    languages = tuple(sorted({example.language for example in examples}))
    mean = vectors.mean(axis=0)
    rarity, grams = _tf_idf((example.text for example in examples), intent_grams, INTENT_BUCKETS)
    both = hstack([csr_matrix(centred(vectors, mean)), grams]).tocsr()
    weights, bias = _fit(both, [intents.index(example.intent) for example in examples])
    dimensions = vectors.shape[1]
    language_rarity, language_table = _tf_idf((example.text for example in examples), language_grams, LANGUAGE_BUCKETS)
    language_weights, language_bias = _fit(language_table, [languages.index(example.language) for example in examples])
    return Model(
        intents=intents,
        mean=mean.astype(np.float32),
        vector_weights=weights[:dimensions],
        gram_weights=weights[dimensions:].astype(np.float16),
        intent_rarity=rarity,
        intent_bias=bias,
        languages=languages,
        language_weights=language_weights.astype(np.float16),
        language_rarity=language_rarity,
        language_bias=language_bias,
    )


def _tf_idf(
    texts: Iterable[str], grams: Callable[[str], tuple[Buckets, Floats]], buckets: int
) -> tuple[Floats, csr_matrix]:
    counted = [grams(text) for text in texts]
    seen = np.bincount(np.concatenate([found for found, _weights in counted]), minlength=buckets)
    rarity = (np.log((1 + len(counted)) / (1 + seen)) + 1).astype(np.float32)
    rarity[seen < _RAREST] = 0
    rows = [weighted(found, rarity) for found in counted]
    ends = np.cumsum([0, *(len(row.buckets) for row in rows)])
    data = np.concatenate([row.weights for row in rows])
    columns = np.concatenate([row.buckets for row in rows])
    return rarity, csr_matrix((data, columns, ends), shape=(len(rows), buckets))


def _fit(table: csr_matrix, classes: Sequence[int]) -> tuple[Floats, Floats]:
    machine = LinearSVC(C=_REGULARISATION, tol=1e-2, random_state=0).fit(table, classes)
    weights: npt.NDArray[np.float64] = machine.coef_.T
    bias: npt.NDArray[np.float64] = machine.intercept_
    return weights.astype(np.float32), bias.astype(np.float32)
