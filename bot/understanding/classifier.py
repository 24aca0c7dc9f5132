"""Two linear classifiers: one for the intent, over vector and n-grams, one for the language, over n-grams alone.

They are trained by ``training``; here they are only used, with numpy and without scikit-learn.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.understanding.features import Floats, centred, intent_grams, language_grams, weighted


@dataclass(frozen=True)
class Model:
    """The weights. Rows of ``*_weights`` are features, columns classes; ``*_rarity`` weighs n-gram buckets."""

    intents: tuple[str, ...]
    mean: Floats
    vector_weights: Floats
    gram_weights: Floats
    intent_rarity: Floats
    intent_bias: Floats
    languages: tuple[str, ...]
    language_weights: Floats
    language_rarity: Floats
    language_bias: Floats

    def intent_scores(self, text: str, vector: Floats) -> Floats:
        """A score for each intent: the higher, the likelier. Not yet a probability."""
        grams = weighted(intent_grams(text), self.intent_rarity)
        scores: Floats = centred(vector, self.mean) @ self.vector_weights + self.intent_bias
        return scores + grams.weights @ self.gram_weights[grams.buckets].astype(np.float32)

    def language_scores(self, text: str) -> Floats:
        """A score for each language."""
        grams = weighted(language_grams(text), self.language_rarity)
        return grams.weights @ self.language_weights[grams.buckets].astype(np.float32) + self.language_bias

    def save(self, path: Path) -> None:
        """Write the model; a reader sees the old one or the new one, never half of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".new.npz")
        parts: dict[str, Any] = {field.name: np.array(getattr(self, field.name)) for field in fields(self)}
        np.savez(scratch, **parts)
        scratch.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Read what save wrote; OSError, KeyError or ValueError if it is not there or not whole."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                parts: dict[str, Any] = {field.name: stored[field.name] for field in fields(cls)}
        except (EOFError, BadZipFile) as error:
            raise ValueError(f"{path} is not a whole model") from error
        for name in ("intents", "languages"):
            parts[name] = tuple(str(item) for item in parts[name])
        return cls(**parts)


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Softmax: scores as probabilities that add up to 1. ``sharpness`` calibrates them."""
    powers: Floats = np.exp((scores - scores.max()) * sharpness)
    likely: Floats = powers / powers.sum()
    return likely
