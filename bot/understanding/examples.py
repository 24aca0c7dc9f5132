"""The examples: what people write, by intent and language, in Rasa's YAML under ``nlu_data/data/<language>/``.

They are the single source of both engines, Rasa and the embedded one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its intent and the language that it is written in."""

    text: str
    intent: str
    language: str


class BrokenExamples(ValueError):
    """A file of examples that cannot be read; the message names the file and the line."""


def read_examples(folder: Path) -> list[Example]:
    """All examples, in a fixed order. Raises BrokenExamples, also if there are none."""
    examples = [example for path in sorted(folder.glob("*/*.yml")) for example in read_file(path)]
    if not examples:
        raise BrokenExamples(f"{folder}: there are no examples; expected files such as de/arriving.yml")
    return examples


def read_file(path: Path) -> Iterator[Example]:
    """The examples of one file; its folder names their language."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BrokenExamples(f"{path}:{line}: not readable: {error.problem}") from error
    if not isinstance(content, dict) or not isinstance(content.get("nlu"), list):
        raise BrokenExamples(f"{path}:1: a list under `nlu:` is expected")
    for number, entry in enumerate(content["nlu"], 1):
        if not isinstance(entry, dict) or not entry.get("intent") or not isinstance(entry.get("examples"), str):
            raise BrokenExamples(f"{path}: entry {number} under `nlu:` needs `intent` and `examples: |`")
        for line in entry["examples"].splitlines():
            text = line.strip().removeprefix("-").strip()
            if text:
                yield Example(text, str(entry["intent"]), path.parent.name)
