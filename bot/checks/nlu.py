"""Checks the examples: their form, whether every intent has enough in every language, and what contradicts itself."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from bot.conversation.utterance import ACTS
from bot.i18n.languages import Languages
from bot.library.problems import Problem
from bot.texts.normalise import normalise

_LEAST_WITH_INTERFACE, _LEAST_WITHOUT = 8, 6
_LONGEST_EXAMPLE = 300


def check_nlu(folder: Path, languages: Languages, topics: Collection[str]) -> list[Problem]:
    """Every problem of ``folder``, which holds ``data/<language>/*.yml`` and ``questions/<language>.jsonl``."""
    problems: list[Problem] = []
    intents = {*topics, *ACTS}
    seen: dict[str, tuple[str, Path, int]] = {}
    within: dict[tuple[str, str], tuple[str, Path, int]] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted((folder / "data").glob("*/*.yml")):
        language = path.parent.name
        if language not in languages:
            what = f"`{language}` is no language that Lotse knows."
            problems.append(Problem(path, 1, what, "Rename the folder, or add the language to languages.yaml."))
        for intent, text, line in _read(path, problems):
            counts[language][intent] += 1
            problems.extend(_one(path, intent, text, line, intents))
            key = normalise(text) or text
            # "no" is yes in Polish and no in English: only within a language two intents contradict each other.
            other = within.setdefault((language, key), (intent, path, line))
            if other[0] != intent:
                what = f"`{text}` also stands under `{other[0]}` ({other[1]}:{other[2]})."
                problems.append(Problem(path, line, what, "Decide for one intent and remove the other."))
            seen.setdefault(key, (intent, path, line))
    for language in languages:
        least = _LEAST_WITH_INTERFACE if languages[language].interface else _LEAST_WITHOUT
        for intent in sorted(intents):
            if counts[language][intent] < least:
                what = f"`{intent}` has {counts[language][intent]} examples in {language}, at least {least} are needed."
                problems.append(Problem(folder / "data" / language, 1, what, "Add what people really write."))
    problems.extend(_questions(folder / "questions", seen, intents))
    return sorted(set(problems))


def _read(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str, int]]:
    """Intent, text and line of every example."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(path, line, f"This is not readable: {error.problem}.", "Check the indentation."))
        return
    entries = dict(_pairs(root)).get("nlu")
    if not isinstance(entries, yaml.SequenceNode):
        problems.append(Problem(path, 1, "There is no list under `nlu:`.", "Begin as the other files do."))
        return
    for entry in entries.value:
        parts = dict(_pairs(entry))
        intent, examples = parts.get("intent"), parts.get("examples")
        line = entry.start_mark.line + 1
        if not isinstance(intent, yaml.ScalarNode) or not isinstance(examples, yaml.ScalarNode):
            problems.append(Problem(path, line, "An entry needs `intent` and `examples: |`.", "See the other entries."))
            continue
        for number, text in enumerate(examples.value.splitlines(), examples.start_mark.line + 2):
            yield str(intent.value), text.strip().removeprefix("-").strip(), number


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _one(path: Path, intent: str, text: str, line: int, intents: Collection[str]) -> Iterator[Problem]:
    if intent not in intents:
        yield Problem(path, line, f"`{intent}` is neither a topic nor an act.", "Correct the name of the intent.")
    if not text:
        yield Problem(path, line, "The example is empty.", "Remove the line.")
    if len(text) > _LONGEST_EXAMPLE:
        yield Problem(path, line, f"The example has {len(text)} characters.", f"Shorten it to {_LONGEST_EXAMPLE}.")


def _questions(folder: Path, seen: dict[str, tuple[str, Path, int]], intents: Collection[str]) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                question = json.loads(line)
                text, intent = question["text"], question["intent"]
            except (ValueError, KeyError, TypeError):
                yield Problem(path, number, "This is no question.", 'Write {"text": "…", "intent": "…", "lang": "…"}')
                continue
            if intent not in intents:
                yield Problem(path, number, f"`{intent}` is neither a topic nor an act.", "Correct it.")
            key = normalise(text)
            if len(key.split()) > 2 and key in seen:  # noqa: PLR2004 - a word or two, anybody may write
                example = seen[key]
                what = f"This test question is also an example ({example[1]}:{example[2]})."
                yield Problem(path, number, what, "Remove one of the two: what was learned measures nothing.")
