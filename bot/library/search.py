"""Searches the pages: by meaning (sentence vectors) and by spelling (character n-grams), both together.

Each finds what the other misses: vectors find "my boss does not pay" without a common word, n-grams find a German
compound, a name or a misspelt word that the model has never read.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from bot.library.library import FALLBACK_LOCALES, Library
from bot.library.passages import Passage, passages
from bot.texts.ngrams import counted, hashed
from bot.texts.normalise import normalise
from bot.texts.vectors import Matrix, Progress, Role

_BUCKETS, _SIZES = 1 << 17, (5,)
# BM25's usual constants (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
_K1, _B = 1.2, 0.75
# How much a passage in the reader's own language is preferred to the same in German or English.
_OWN_LANGUAGE = 0.15
# Below this no page is near enough to be offered at all.
_LEAST = 0.62
_FOUND = 3


class PassageVectors(Protocol):
    """Gives vectors of passages; remembers them."""

    def vectors(self, texts: Sequence[str], role: Role, progress: Progress = ...) -> Matrix:
        """One row for each text."""
        ...


class QuestionVectors(Protocol):
    """Gives the vector of a question."""

    async def vector(self, text: str) -> Matrix:
        """One row."""
        ...


class Index:
    """The passages of one library, ready to be searched."""

    def __init__(self, found: Sequence[Passage], vectors: Matrix) -> None:
        self.topics = np.array([passage.topic for passage in found])
        self.locales = np.array([passage.locale for passage in found])
        self._mean = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
        self._vectors = _unit(vectors - self._mean)
        self._lexical = _Lexical([normalise(passage.text) for passage in found])

    def search(self, text: str, vector: Matrix, locale: str) -> list[tuple[str, float]]:
        """Topics with a score, best first. A score is about 1 for a near certain hit and near 0 for chance."""
        allowed = np.isin(self.locales, [locale, *FALLBACK_LOCALES])
        if not allowed.any():
            return []
        meaning = self._vectors @ _unit(vector - self._mean)
        spelling = self._lexical.scores(normalise(text))
        scores = np.where(allowed, meaning + spelling + _OWN_LANGUAGE * (self.locales == locale), -np.inf)
        best: dict[str, float] = {}
        for position in np.argsort(-scores)[:50]:
            best.setdefault(str(self.topics[position]), float(scores[position]))
        return sorted(best.items(), key=lambda item: -item[1])


class PageSearch:
    """The search of the service: it waits for its index, which can be swapped for a newer one while it runs."""

    def __init__(self, questions: QuestionVectors, build: Callable[[], Index]) -> None:
        """``build`` makes the index of the content as it is now; it may take its time."""
        self._questions = questions
        self._build = build
        self._index: Index | None = None
        self._building = asyncio.Lock()

    async def refresh(self) -> None:
        """Build the index anew, beside the service, and use it from then on."""
        async with self._building:
            self._index = await asyncio.to_thread(self._build)

    async def find(self, text: str, locale: str) -> Sequence[str]:
        """The ids of at most three topics that fit, best first; empty if none is near enough."""
        vector = await self._questions.vector(text)
        index = self._index
        if index is None:
            async with self._building:
                if self._index is None:
                    self._index = await asyncio.to_thread(self._build)
                index = self._index
        found = await asyncio.to_thread(index.search, text, vector, locale)
        return [topic for topic, score in found[:_FOUND] if score >= _LEAST]


def build_index(library: Library, cache: PassageVectors, progress: Progress = lambda _done, _of: None) -> Index:
    """Index all pages that may be answered from today. Slow where vectors are missing; run it beside the service."""
    current = [page for page in library.pages.values() if not page.topic.expired(library.today)]
    found = passages(current)
    return Index(found, cache.vectors([passage.text for passage in found], "passage", progress))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Matrix = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


class _Lexical:
    """BM25 over character 5-grams, with the postings of each n-gram side by side."""

    def __init__(self, texts: Sequence[str]) -> None:
        rows = [counted(hashed(text, _SIZES, _BUCKETS)) for text in texts]
        lengths = np.array([len(buckets) for buckets, _weights in rows] or [1], dtype=np.float32)
        buckets = np.concatenate([row for row, _ in rows]) if rows else np.empty(0, np.uint32)
        frequency = np.concatenate([weights for _, weights in rows]) if rows else np.empty(0, np.float32)
        documents = np.repeat(np.arange(len(rows), dtype=np.uint32), lengths.astype(int)[: len(rows)])
        order = np.argsort(buckets, kind="stable")
        self._buckets, self._documents = buckets[order], documents[order]
        seen = np.bincount(buckets, minlength=_BUCKETS)
        self._rarity = np.log1p((len(rows) - seen + 0.5) / (seen + 0.5)).astype(np.float32)
        relative = _K1 * (1 - _B + _B * lengths / lengths.mean())
        frequency = frequency[order]
        self._weights = frequency * (_K1 + 1) / (frequency + relative[self._documents])
        self._count = len(rows)

    def scores(self, text: str) -> Matrix:
        """For each passage, how much of the rare n-grams of the text it holds: 1 is about all of them."""
        scores = np.zeros(self._count, np.float32)
        buckets, _weights = counted(hashed(text, _SIZES, _BUCKETS))
        starts = np.searchsorted(self._buckets, buckets, "left")
        ends = np.searchsorted(self._buckets, buckets, "right")
        for bucket, start, end in zip(buckets, starts, ends, strict=True):
            scores[self._documents[start:end]] += self._rarity[bucket] * self._weights[start:end]
        whole = float(self._rarity[buckets].sum())
        return scores / whole if whole else scores
