"""The embedded engine: understanding in this process, without any second service."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bot.conversation.utterance import OUT_OF_SCOPE, Guess, Utterance
from bot.texts.vectors import MODEL, Encoder, VectorCache, Vectoriser
from bot.understanding.classifier import Model, probabilities
from bot.understanding.decision import SHARPNESS, decide
from bot.understanding.examples import Example, read_examples
from bot.understanding.features import Floats
from bot.understanding.languages import identify

log = logging.getLogger(__name__)

# Changes whenever the same examples would give another model.
_RECIPE = "2"
_RANKED = 5


class EmbeddedEngine:
    """Understands with a trained model and the vectors of a Vectoriser."""

    def __init__(self, model: Model, vectoriser: Vectoriser) -> None:
        self._model = model
        self._vectoriser = vectoriser

    async def understand(self, text: str, locale: str | None) -> Utterance:
        """What the text means. Blank text means nothing: out of scope."""
        if not text.strip():
            return nothing_said(self._model.intents)
        vector = await self._vectoriser.vector(text)
        likely = probabilities(self._model.intent_scores(text, vector), SHARPNESS)
        order = np.argsort(-likely)[:_RANKED]
        ranking = tuple(Guess(self._model.intents[index], round(float(likely[index]), 4)) for index in order)
        by_intent = {intent: float(p) for intent, p in zip(self._model.intents, likely, strict=True)}
        decision = decide(ranking, by_intent)
        return Utterance(
            intent=ranking[0].intent,
            confidence=ranking[0].confidence,
            decision=decision,
            language=identify(text, locale, self._model),
            ranking=ranking,
        )


def nothing_said(intents: Sequence[str]) -> Utterance:
    """The utterance of a blank message."""
    others = [intent for intent in intents if intent != OUT_OF_SCOPE][: _RANKED - 1]
    ranking = (Guess(OUT_OF_SCOPE, 1.0), *(Guess(intent, 0.0) for intent in others))
    return Utterance(OUT_OF_SCOPE, 1.0, "unknown", None, ranking)


def prepare_model(
    examples_folder: Path, cache_folder: Path, encoder: Encoder, say: Callable[[str], None] = lambda _text: None
) -> Model:
    """The model for the examples as they are now: from the cache, or trained, which ``say`` reports on.

    Raises BrokenExamples if the examples cannot be read.
    """
    path = cache_folder / f"model-{_fingerprint(examples_folder)}.npz"
    try:
        return Model.load(path)
    except (OSError, ValueError, KeyError):
        log.info("understanding: no trained model for these examples yet")
    examples = read_examples(examples_folder)
    cache = VectorCache(cache_folder / "vectors-examples.npz", encoder)
    texts = [example.text for example in examples]
    vectors = cache.vectors(
        texts, "query", lambda done, of: say(f"Computing sentence vectors: {done} of {of} ({100 * done // of} %)")
    )
    say("Training the classifier: about a minute")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        model = process.submit(_train, examples, vectors).result()
    for old in cache_folder.glob("model-*.npz"):
        old.unlink()
    model.save(path)
    return model


def _train(examples: Sequence[Example], vectors: Floats) -> Model:
    """Runs in the other process: only there scikit-learn is imported."""
    from bot.understanding.training import train  # noqa: PLC0415

    return train(examples, vectors)


def _fingerprint(folder: Path) -> str:
    """Changes when an example does. The files are hashed unread: that takes milliseconds, reading them a second."""
    digest = hashlib.sha256(f"{_RECIPE}\n{MODEL}\n".encode())
    for path in sorted(folder.glob("*/*.yml")):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
