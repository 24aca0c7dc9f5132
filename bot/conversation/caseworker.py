"""A caseworker, as far as a newcomer is told of one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caseworker:
    """A person who advises: a name and the BCP 47 codes of the languages that he or she speaks."""

    name: str
    languages: tuple[str, ...]
