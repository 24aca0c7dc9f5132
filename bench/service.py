"""How fast a turn is, measured beside the bare sentence vectors in the same run.

Run it with ``make bench``. Absolute times depend on the machine; the ratios are what counts.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.app import Knowledge, Lotse, running
from bot.channels.webchat.rendering import WebRenderer
from bot.settings import read_settings
from bot.store.arrivals import Arrival
from bot.store.encryption import Cipher
from bot.store.migrate import upgrade
from bot.store.store import open_store
from bot.turns.take_turn import Speech

ROOT = Path(__file__).parent.parent
QUESTIONS = 320
CHATS = 40
PRESSES = 2000


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"LOTSE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db"})
        knowledge = Knowledge(settings, print)
        store = open_store(settings.database_url, Cipher(settings.secret_key))
        await upgrade(store.engine)
        _ready = knowledge.engine
        await knowledge.search.refresh()
        async with running(settings, knowledge, store, {"web": Speech(WebRenderer(), fetched=True)}, {}) as lotse:
            texts = _questions()
            await lotse.reception.take_in([_said("warm", 0, "Hallo")])
            await lotse.reception.idle()
            bare = _bare(knowledge, texts)
            asked = await _asked(lotse, texts)
            print(f"bare vectors            {bare:8.1f} texts/s, in batches")
            print(f"questions answered      {asked:8.1f} a second, {100 * asked / bare:.0f} % of the bare vectors")
            outside = await _outside(lotse, texts[:200])
            print(f"a question without its vector, storage included: median {outside:.2f} ms")
            print(f"buttons answered        {await _pressed(lotse):8.1f} a second")
        await store.close()


def _questions() -> list[str]:
    """Development questions, all languages mixed."""
    files = sorted((ROOT / "nlu_data" / "questions").glob("*.jsonl"))
    lines = [json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return lines[:: max(1, len(lines) // QUESTIONS)][:QUESTIONS]


def _bare(knowledge: Knowledge, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    for start in range(0, len(texts), 64):
        knowledge.encoder.encode(texts[start : start + 64], "query")
    return len(texts) / (time.perf_counter() - begun)


async def _asked(lotse: Lotse, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    await lotse.reception.take_in([_said(f"asks-{n % CHATS}", n, text) for n, text in enumerate(texts)])
    await lotse.reception.idle()
    return len(texts) / (time.perf_counter() - begun)


async def _outside(lotse: Lotse, texts: Sequence[str]) -> float:
    """The vectors of these texts are still in memory from being asked: what is left is everything else."""
    times = []
    for number, text in enumerate(texts):
        begun = time.perf_counter()
        await lotse.reception.take_in([_said(f"again-{number % CHATS}", number, text)])
        await lotse.reception.idle()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


async def _pressed(lotse: Lotse) -> float:
    actions = ["menu", "group:housing", "topic:find-a-flat", "useful:find-a-flat", "menu", "language:de"]
    presses = [
        Arrival("web", f"presses-{number % CHATS}", f"press-{number}", "press", actions[number // CHATS % len(actions)])
        for number in range(PRESSES)
    ]
    begun = time.perf_counter()
    for start in range(0, len(presses), 100):  # as many as Telegram hands over at once
        await lotse.reception.take_in(presses[start : start + 100])
    await lotse.reception.idle()
    return len(presses) / (time.perf_counter() - begun)


def _said(chat: str, number: int, text: str) -> Arrival:
    return Arrival("web", chat, f"{chat}-{number}", "text", text, ("de",))


if __name__ == "__main__":
    asyncio.run(measure())
