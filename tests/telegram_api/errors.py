"""What the fake answers in place of a result."""

from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """An answer with ``"ok": false``, worded as Telegram words it."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @classmethod
    def bad_request(cls, reason: str) -> "ApiError":
        """A request that is well-formed but cannot be done, such as editing a message that is not there."""
        return cls(400, f"Bad Request: {_uncapitalised(reason)}")


class ViolationError(ApiError):
    """A request that no correct client sends. The fake refuses it and records it as a ``Violation``."""

    def __init__(self, reason: str, *, status: int = 400) -> None:
        super().__init__(status, f"Bad Request: {_uncapitalised(reason)}" if status == 400 else reason)


@dataclass(frozen=True, slots=True)
class Violation:
    """One refused request: the method, what was wrong with it, and all that was sent."""

    method: str
    description: str
    parameters: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method}: {self.description}\n  sent: {self.parameters}"


def _uncapitalised(reason: str) -> str:
    """Telegram begins reasons in lower case after "Bad Request: ", except for its constants, as BUTTON_DATA_INVALID."""
    return reason if reason[1:2].isupper() else reason[:1].lower() + reason[1:]
