"""Inbox, conversations, outbox, caseworkers, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "inbox",
        sa.Column("id", id_, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("arrival", sa.LargeBinary),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", instant, nullable=False),
        sa.UniqueConstraint("channel", "key", name="inbox_once"),
    )
    pending = sa.text("state = 'pending'")
    op.create_index("inbox_pending", "inbox", ["id"], sqlite_where=pending, postgresql_where=pending)
    op.create_index("inbox_chat", "inbox", ["channel", "chat"])
    op.create_table(
        "conversations",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("active_at", instant, nullable=False),
        sa.Column("blocked", sa.Integer, nullable=False),
    )
    op.create_index("conversations_active", "conversations", ["active_at"])
    op.create_table(
        "outbox",
        sa.Column("id", id_, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_pending", "outbox", ["id"], sqlite_where=pending, postgresql_where=pending)
    op.create_index("outbox_chat", "outbox", ["channel", "chat", "id"])
    op.create_table(
        "caseworkers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("languages", sa.String(256), nullable=False),
        sa.Column("sample", sa.Integer, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("locale", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("helped", sa.Integer, nullable=False),
        sa.Column("not_helped", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("feedback", "caseworkers", "outbox", "conversations", "inbox"):
        op.drop_table(table)
