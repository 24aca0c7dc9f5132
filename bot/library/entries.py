"""YAML that remembers its lines, so that a mistake can be shown where it stands."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.library.problems import Problem, Severity


class Entry:
    """One mapping of a YAML file. Reading a key that is missing or of the wrong kind notes a problem and goes on."""

    def __init__(self, path: Path, line: int, values: Mapping[str, tuple[int, Any]], problems: list[Problem]) -> None:
        self.path = path
        self.line = line
        self._values = values
        self._problems = problems

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping itself if the key is not there."""
        return self._values[key][0] if key in self._values else self.line

    def problem(self, key: str, what: str, cure: str, severity: Severity = "error") -> None:
        """Note a problem at the line of a key."""
        self._problems.append(Problem(self.path, self.line_of(key), what, cure, severity))

    def only(self, *keys: str) -> None:
        """Note every key that is not one of these: most are typing errors."""
        for key in self._values:
            if key not in keys:
                self.problem(key, f"`{key}` is not known here.", f"Use one of: {', '.join(keys)}.")

    def text(self, key: str, *, required: bool = True, example: str = "…") -> str:
        """A text; '' if it is missing."""
        value = self._get(key, required=required, example=example)
        if value is None:
            return ""
        if isinstance(value, str):
            if required and not value.strip():
                self.problem(key, f"`{key}` is empty.", f"Write something such as: {key}: {example}")
            return value.strip()
        self.problem(key, f"`{key}` must be a text.", f'Put it in quotation marks: {key}: "{value}"')
        return ""

    def number(self, key: str) -> float | None:
        """A number, or None."""
        value = self._get(key, required=True, example="2")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if value is not None:
            self.problem(key, f"`{key}` must be a number.", f"Write it without unit and quotation marks: {key}: 2")
        return None

    def truth(self, key: str) -> bool:
        """Yes or no; no if it is missing."""
        value = self._get(key, required=False, example="yes")
        if value is None or isinstance(value, bool):
            return bool(value)
        self.problem(key, f"`{key}` must be yes or no.", f"Write {key}: yes")
        return False

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date, or None."""
        value = self._get(key, required=required, example="2026-11-22")
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        self.problem(key, f"`{key}` must be a date.", f"Write year-month-day: {key}: 2026-11-22")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty if it is missing."""
        value = self._get(key, required=False, example="[one, two]")
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.problem(key, f"`{key}` must be a list of names.", f"Write {key}: [one, two]")
        return ()

    def mapping(self, key: str, *, required: bool = False) -> "Entry":
        """A mapping inside this one; an empty one if it is missing."""
        value = self._get(key, required=required, example="{…}")
        if isinstance(value, Entry):
            return value
        if value is not None:
            self.problem(key, f"`{key}` must hold names with values.", f"Write {key}: {{name: value}}")
        return Entry(self.path, self.line_of(key), {}, self._problems)

    def mappings(self, key: str) -> tuple["Entry", ...]:
        """A list of mappings; empty if it is missing."""
        value = self._get(key, required=False, example="[{…}]")
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, Entry) for item in value):
            return tuple(value)
        self.problem(key, f"`{key}` must be a list of entries.", f"Write {key}: [{{name: value}}]")
        return ()

    def _get(self, key: str, *, required: bool, example: str) -> Any:
        if key in self._values:
            value = self._values[key][1]
            if value is not None:
                return value
        if required:
            self.problem(key, f"`{key}` is missing.", f"Add a line such as: {key}: {example}")
        return None


def read_entry(path: Path, text: str, problems: list[Problem], *, first_line: int = 1) -> Entry:
    """Read a YAML mapping; what cannot be read is noted, and an empty entry comes back."""
    empty = Entry(path, first_line, {}, problems)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        what = f"This is not readable: {error.problem or error.context}."
        cure = "Check quotation marks, colons and the indentation of this line and the one above."
        problems.append(Problem(path, line, what, cure))
        return empty
    if node is None:
        return empty
    value = _construct(node, path, first_line, problems)
    if not isinstance(value, Entry):
        problems.append(
            Problem(path, first_line, "Names with values are expected here.", "Write lines of `name: value`.")
        )
        return empty
    return value


def _construct(node: yaml.Node, path: Path, first_line: int, problems: list[Problem]) -> Any:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        values: dict[str, tuple[int, Any]] = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), first_line + key_node.start_mark.line
            if key in values:
                problems.append(Problem(path, key_line, f"`{key}` stands here twice.", "Keep one of the two."))
            values[key] = (key_line, _construct(value_node, path, first_line, problems))
        return Entry(path, line, values, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, path, first_line, problems) for item in node.value]
    try:
        return _SCALARS.construct_object(node)
    except (ValueError, yaml.YAMLError):
        problems.append(Problem(path, line, f"`{node.value}` is not a possible value.", "Put it in quotation marks."))
        return None


_SCALARS = yaml.SafeLoader("")
