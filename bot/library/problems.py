"""What is wrong in a file that an editor keeps, said so that the editor can mend it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem: where it is, what it is, and what to do about it. ``line`` counts from 1."""

    path: Path
    line: int
    what: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.what} {self.cure}".rstrip()
