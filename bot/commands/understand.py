"""``lotse understand``: JSON lines in, JSON lines out, in their order."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from bot.app import Knowledge
from bot.commands.progress import say
from bot.conversation.utterance import EMERGENCY, Guess, Utterance
from bot.settings import Settings

_TOGETHER = 64


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("understand", help='{"text": …, "lang": …} a line in, what was understood a line out')
    parser.add_argument("--engine", choices=("embedded",), default="embedded", help="the engine to use")
    parser.set_defaults(run=_run)


def _run(_arguments: argparse.Namespace, settings: Settings) -> int:
    knowledge = Knowledge(settings, say)
    return asyncio.run(_understand_all(knowledge, sys.stdin))


async def _understand_all(knowledge: Knowledge, lines: Iterable[str]) -> int:
    status = 0
    for batch in _batches(lines, _TOGETHER):
        for answer in await asyncio.gather(*(_answer(knowledge, line) for line in batch)):
            status |= "error" in answer
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return status


def _batches(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    """Lines in groups; where somebody types, each line is a group, so that the answer comes at once."""
    rest = iter(lines)
    while batch := list(islice(rest, 1 if sys.stdin.isatty() else size)):
        yield [line for line in batch if line.strip()]


async def _answer(knowledge: Knowledge, line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
        text, lang = str(request["text"]), request.get("lang")
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"error": 'each line must be a JSON object with "text", such as {"text": "Anmeldung?", "lang": "ar"}'}
    return described(await understand(knowledge, text, knowledge.languages.known(lang)))


async def understand(knowledge: Knowledge, text: str, locale: str | None) -> Utterance:
    """What the bot would make of the text: danger words first, as in a conversation."""
    utterance = await knowledge.engine.understand(text, locale)
    language = knowledge.danger.heard(text)
    if language is None:
        return utterance
    others = tuple(guess for guess in utterance.ranking if guess.intent != EMERGENCY)
    return replace(
        utterance,
        intent=EMERGENCY,
        confidence=1.0,
        decision="emergency",
        language=utterance.language or language,
        ranking=(Guess(EMERGENCY, 1.0), *others),
    )


def described(utterance: Utterance) -> dict[str, Any]:
    """The utterance as the interface promises it."""
    return {
        "intent": utterance.intent,
        "confidence": utterance.confidence,
        "ranking": [{"intent": guess.intent, "confidence": guess.confidence} for guess in utterance.ranking],
        "decision": utterance.decision,
        "language": utterance.language,
        "entities": [
            {"kind": entity.kind, "value": entity.value, "start": entity.start, "end": entity.end}
            for entity in utterance.entities
        ],
        "engine": utterance.engine,
    }
