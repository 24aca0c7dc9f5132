"""What can go wrong between a bot and Telegram, for a test to bring about."""

from collections.abc import Collection
from dataclasses import dataclass

from tests.telegram_api.errors import ApiError

SENDS = frozenset({"sendMessage", "editMessageText"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of one request: whether it is carried out, how late it is answered, and with what.

    ``cut`` closes the connection in place of an answer; otherwise ``answer`` stands in for the true one, if given.
    """

    carried_out: bool
    answer: ApiError | None = None
    cut: bool = False
    seconds: float = 0.0


@dataclass(slots=True)
class _Planned:
    fault: Fault
    times: int
    methods: Collection[str]
    chat: int | None


class Faults:
    """Each method here plans a fault for the next ``times`` requests; what was planned first comes first.

    Unless ``methods`` names others, sends are meant: sendMessage and editMessageText. ``chat`` narrows it to one chat.
    Requests that break the rules of the Bot API are refused before, and use no fault up.
    """

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def too_many_requests(
        self, times: int = 1, *, retry_after: int = 1, chat: int | None = None, methods: Collection[str] = SENDS
    ) -> None:
        """Answers 429: nothing is carried out, and the bot is to wait ``retry_after`` seconds."""
        answer = ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
        self._plan(Fault(carried_out=False, answer=answer), times, chat, methods)

    def server_error(
        self,
        times: int = 1,
        *,
        status: int = 502,
        carried_out: bool = False,
        chat: int | None = None,
        methods: Collection[str] = SENDS,
    ) -> None:
        """Answers 5xx. With ``carried_out``, the message appears all the same."""
        reason = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
        answer = ApiError(status, reason.get(status, "Server Error"))
        self._plan(Fault(carried_out=carried_out, answer=answer), times, chat, methods)

    def cut_before(self, times: int = 1, *, chat: int | None = None, methods: Collection[str] = SENDS) -> None:
        """The connection breaks, and Telegram did nothing."""
        self._plan(Fault(carried_out=False, cut=True), times, chat, methods)

    def cut_after(self, times: int = 1, *, chat: int | None = None, methods: Collection[str] = SENDS) -> None:
        """The connection breaks when Telegram did it already: the message appears, the bot sees an error."""
        self._plan(Fault(carried_out=True, cut=True), times, chat, methods)

    def slow(
        self, seconds: float, times: int = 1, *, chat: int | None = None, methods: Collection[str] = SENDS
    ) -> None:
        """The message appears at once; the answer comes ``seconds`` later."""
        self._plan(Fault(carried_out=True, seconds=seconds), times, chat, methods)

    def clear(self) -> None:
        """Nothing goes wrong from here on."""
        self._planned.clear()

    @property
    def left(self) -> int:
        """How many planned faults have not happened."""
        return sum(planned.times for planned in self._planned)

    def next(self, method: str, chat: object) -> Fault | None:
        """The fault for this request, which uses it up; None if all goes well."""
        for planned in self._planned:
            if method in planned.methods and planned.chat in (None, chat):
                planned.times -= 1
                if not planned.times:
                    self._planned.remove(planned)
                return planned.fault
        return None

    def _plan(self, fault: Fault, times: int, chat: int | None, methods: Collection[str]) -> None:
        if times > 0:
            self._planned.append(_Planned(fault, times, methods, chat))
