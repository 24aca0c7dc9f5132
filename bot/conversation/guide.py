"""What the dialogue must know of the content base: which topics there are, how they hang together. No texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n.languages import Languages


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic that has a page: its group, and the topics that its readers often need next, best first."""

    id: str
    group: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The topics with pages by id, in the order of the menu, and the languages that Lotse knows."""

    topics: Mapping[str, TopicEntry]
    languages: Languages

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that hold at least one topic, in the order of the menu."""
        return tuple(dict.fromkeys(topic.group for topic in self.topics.values()))

    def in_group(self, group: str) -> tuple[str, ...]:
        """The ids of the topics of a group; empty for an unknown group."""
        return tuple(topic.id for topic in self.topics.values() if topic.group == group)

    def related(self, topic: str) -> tuple[str, ...]:
        """The related topics that have a page themselves."""
        entry = self.topics.get(topic)
        return tuple(other for other in entry.related if other in self.topics) if entry else ()
