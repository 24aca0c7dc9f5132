"""``lotse nlu evaluate``: how well questions are understood, by language."""

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from bot.app import Knowledge
from bot.commands.progress import say
from bot.commands.understand import understand
from bot.conversation.utterance import EMERGENCY, OUT_OF_SCOPE, Utterance
from bot.settings import Settings

_CONFUSIONS = 25


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("nlu", help="examples and engines")
    kinds = parser.add_subparsers(required=True, metavar="what")
    evaluate = kinds.add_parser("evaluate", help="measure on questions that nobody trained on")
    evaluate.add_argument("files", nargs="+", type=Path, help='JSON lines of {"text": …, "intent": …, "lang": …}')
    evaluate.add_argument("--wrong", action="store_true", help="print every question that was not understood")
    evaluate.set_defaults(run=_run)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its right intent and what was made of it."""

    text: str
    intent: str
    language: str
    utterance: Utterance


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    questions = [json.loads(line) for path in arguments.files for line in path.read_text("utf-8").splitlines() if line]
    judged = asyncio.run(_judge(Knowledge(settings, say), questions))
    print(_table(judged))
    print("\nConfused most often (right → understood):")
    for (right, understood), count in _confusions(judged):
        print(f"  {count:3}  {right} → {understood}")
    if arguments.wrong:
        for one in judged:
            if one.utterance.intent != one.intent:
                guess = one.utterance
                print(
                    f"{one.language}\t{one.intent}\t{guess.intent} {guess.confidence:.2f} {guess.decision}\t{one.text}"
                )
    return 0


async def _judge(knowledge: Knowledge, questions: list[dict[str, str]]) -> list[Judged]:
    async def one(question: dict[str, str]) -> Judged:
        utterance = await understand(knowledge, question["text"], question["lang"])
        return Judged(question["text"], question["intent"], question["lang"], utterance)

    return list(await asyncio.gather(*(one(question) for question in questions)))


def _table(judged: list[Judged]) -> str:
    by_language: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_language[one.language].append(one)
    header = "lang     n   top1   top3  wrong  oos-held  danger  alarm  language"
    rows = [_row(language, by_language[language]) for language in by_language]
    return "\n".join([header, *rows, _row("all", judged)])


def _row(name: str, judged: list[Judged]) -> str:
    inside = [one for one in judged if one.intent != OUT_OF_SCOPE]
    outside = [one for one in judged if one.intent == OUT_OF_SCOPE]
    danger = [one for one in judged if one.intent == EMERGENCY]
    safe = [one for one in judged if one.intent != EMERGENCY]
    top1 = sum(one.utterance.intent == one.intent for one in judged)
    top3 = sum(one.intent in {guess.intent for guess in one.utterance.ranking[:3]} for one in judged)
    wrong = sum(one.utterance.decision == "answer" and one.utterance.intent != one.intent for one in inside)
    held = sum(one.utterance.decision != "answer" for one in outside)
    seen = sum(one.utterance.decision == "emergency" for one in danger)
    alarms = sum(one.utterance.decision == "emergency" for one in safe)
    language = sum(one.utterance.language == one.language for one in judged)
    return (
        f"{name:5}{len(judged):5}{_share(top1, judged)}{_share(top3, judged)}{_share(wrong, inside)}"
        f"   {_share(held, outside)}{_share(seen, danger)}{_share(alarms, safe)}   {_share(language, judged)}"
    )


def _share(count: int, of: list[Judged]) -> str:
    return f"{count / len(of):7.3f}" if of else "      –"


def _confusions(judged: list[Judged]) -> list[tuple[tuple[str, str], int]]:
    pairs = Counter((one.intent, one.utterance.intent) for one in judged if one.intent != one.utterance.intent)
    return pairs.most_common(_CONFUSIONS)
