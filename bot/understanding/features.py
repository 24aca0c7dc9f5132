"""What the classifiers see of a text: its vector, and its character n-grams with their weights."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.texts.ngrams import Buckets, counted, hashed
from bot.texts.normalise import normalise

Floats = npt.NDArray[np.float32]

INTENT_BUCKETS, INTENT_SIZES = 1 << 16, (2, 3, 4, 5)
LANGUAGE_BUCKETS, LANGUAGE_SIZES = 1 << 15, (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of one text: distinct buckets and their weights, of length 1 all together."""

    buckets: Buckets
    weights: Floats


def intent_grams(text: str) -> tuple[Buckets, Floats]:
    """N-grams for the meaning: spelling is levelled first."""
    return counted(hashed(normalise(text), INTENT_SIZES, INTENT_BUCKETS))


def language_grams(text: str) -> tuple[Buckets, Floats]:
    """N-grams for the language: there the spelling is what counts."""
    return counted(hashed(text.lower(), LANGUAGE_SIZES, LANGUAGE_BUCKETS))


def weighted(grams: tuple[Buckets, Floats], rarity: Floats) -> Grams:
    """Weigh n-grams by their rarity in the examples (tf-idf, length 1); those never seen there weigh nothing."""
    buckets, weights = grams
    weights = weights * rarity[buckets]
    length = float(np.sqrt(np.dot(weights, weights)))
    return Grams(buckets, weights / length if length else weights)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Vectors without what all have in common, of length 1 again.

    The vectors of e5 stand in a narrow cone: without this every question is nearly as close to every topic.
    """
    shifted = vectors - mean
    lengths = np.linalg.norm(shifted, axis=-1, keepdims=True)
    unit: Floats = (shifted / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
