"""Character n-grams, hashed into a fixed number of buckets.

They carry what a sentence vector loses: names, typing errors, compounds, romanised script. Classifier, language
identification and search share them. scikit-learn has the same in its HashingVectorizer; importing it costs three
seconds at a cold start and 100 MB, which is more than all the rest of Lotse, for these few lines.
"""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
import numpy.typing as npt

Buckets = npt.NDArray[np.uint32]


def hashed(text: str, sizes: Iterable[int], buckets: int) -> Buckets:
    """The bucket of every n-gram of the given sizes, in words padded with a blank; one entry an occurrence."""
    sizes = tuple(sizes)
    found: list[int] = []
    for word in text.split():
        padded = f" {word} "
        for size in sizes:
            if len(padded) <= size:
                found.append(crc32(padded.encode()) % buckets)
                break
            found.extend(
                crc32(padded[start : start + size].encode()) % buckets for start in range(len(padded) - size + 1)
            )
    return np.array(found, dtype=np.uint32)


def counted(hashes: Buckets) -> tuple[Buckets, npt.NDArray[np.float32]]:
    """The distinct buckets with a weight that grows with their count, but slowly: 1 + ln(count)."""
    distinct, counts = np.unique(hashes, return_counts=True)
    return distinct, (1.0 + np.log(counts)).astype(np.float32)
