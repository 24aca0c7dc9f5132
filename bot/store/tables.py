"""The tables. Migrations in ``migrations/`` lead here; a test holds the two together."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

metadata = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Stored in UTC; comes back with its time zone on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a time without zone: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite forgets the zone."""
        if value is None:
            return None
        instant: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return instant


# SQLite gives an INTEGER PRIMARY KEY of its own accord, and only under that very name.
_Id = BigInteger().with_variant(Integer, "sqlite")

inbox = Table(
    "inbox",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column(
        "key", String(64), nullable=False, comment="what the channel calls this arrival: it comes twice, we act once"
    ),
    Column("arrival", LargeBinary, comment="encrypted; emptied as soon as the arrival is answered"),
    Column("state", String(8), nullable=False, comment="pending, done or failed"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "key", name="inbox_once"),
)
Index("inbox_pending", inbox.c.id, sqlite_where=inbox.c.state == "pending", postgresql_where=inbox.c.state == "pending")
Index("inbox_chat", inbox.c.channel, inbox.c.chat)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("state", Text, nullable=False, comment="State as JSON: no text of the newcomer"),
    Column("version", Integer, nullable=False, comment="compare and swap: two turns cannot both win"),
    Column("active_at", UtcDateTime, nullable=False),
    Column("blocked", Integer, nullable=False, default=0, comment="1: the newcomer has blocked the bot"),
)
Index("conversations_active", conversations.c.active_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("payload", Text, nullable=False, comment="what the channel sends, as JSON"),
    Column("state", String(8), nullable=False, comment="pending; kept for a browser to fetch; failed"),
    Column("created_at", UtcDateTime, nullable=False),
    # A web chat that reconnects asks for what came after an id: an id must never be given twice.
    sqlite_autoincrement=True,
)
Index(
    "outbox_pending",
    outbox.c.id,
    sqlite_where=outbox.c.state == "pending",
    postgresql_where=outbox.c.state == "pending",
)
Index("outbox_chat", outbox.c.channel, outbox.c.chat, outbox.c.id)

caseworkers = Table(
    "caseworkers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("languages", String(256), nullable=False, comment="BCP 47 codes, separated by blanks"),
    Column("sample", Integer, nullable=False, comment="1: made up for a demonstration"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("topic", String(64), primary_key=True),
    Column("locale", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("helped", Integer, nullable=False, default=0),
    Column("not_helped", Integer, nullable=False, default=0),
)
