"""An encoder without a model, for tests: texts that share words have near vectors, and nothing else does."""

from collections.abc import Sequence
from threading import Event
from zlib import crc32

import numpy as np

from bot.texts.normalise import normalise
from bot.texts.vectors import DIMENSIONS, Matrix, Role

# Like those of e5, all vectors point roughly the same way: whoever compares them must first take the mean away.
_COMMON = 2.0


class BagOfWords:
    """Vectors of length 1, one number a word; the same text has the same vector in every run.

    ``batches`` are the texts of each call. ``fails`` is raised by the next calls as long as it is set. While ``gate``
    is closed (``gate.clear()``), a call that has begun does not end; ``begun`` is set when one has.
    """

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.fails: Exception | None = None
        self.begun = Event()
        self.gate = Event()
        self.gate.set()

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        """One row of DIMENSIONS for each text."""
        self.batches.append(list(texts))
        self.begun.set()
        if not self.gate.wait(timeout=10):
            raise TimeoutError("the test never opened the gate")
        if self.fails:
            raise self.fails
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        rows[:, 0] = _COMMON
        for row, text in zip(rows, texts, strict=True):
            for word in normalise(text).split():
                row[1 + crc32(word.encode()) % (DIMENSIONS - 1)] += 1
        unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit
