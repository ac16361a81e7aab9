"""The tables as the code sees them; `migrations/` is what creates them.

`attempt` holds the header and the order of changes. All other tables are append-only: triggers
refuse UPDATE, and refuse DELETE unless a purge ticket for the attempt exists.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from workbench.storage.columns import UtcText

VERSION_TABLE = "dryrun_schema"
"""Holds the schema revision; named so that a database of another program is not taken for ours."""

metadata = MetaData()


def _attempt_id(*, key: bool = True) -> "Column[str]":
    return Column("attempt_id", String(64), ForeignKey("attempt.id"), primary_key=key)


attempt = Table(
    "attempt",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("prompt_id", String(64), nullable=False),
    Column("prompt_hash", Text, nullable=False),
    Column("budget_minutes", Integer, nullable=False),
    Column("created_at", UtcText, nullable=False),
    Column("changed_at", UtcText, nullable=False),
    # Grows with every change of an owner's attempts: a clock that goes back reorders nothing.
    Column("change_number", Integer, nullable=False),
    Index("attempt_by_owner", "owner", "change_number"),
)

revision = Table(
    "revision",
    metadata,
    _attempt_id(),
    Column("part", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("client", String(64), nullable=False),
    Column("stale", Boolean, nullable=False),
    Column("saved_at", UtcText, nullable=False),
    CheckConstraint("number >= 1", name="revision_number_from_one"),
)

event = Table(
    "event",
    metadata,
    _attempt_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("at", UtcText, nullable=False),
    Column("stage", String(32)),
    Column("subject", String(64), nullable=False),
)

submission = Table(
    "submission",
    metadata,
    _attempt_id(),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("submitted_at", UtcText, nullable=False),
)

self_review = Table(
    "self_review",
    metadata,
    _attempt_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("made_at", UtcText, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    _attempt_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", UtcText, nullable=False),
    Index("assessment_by_id", "attempt_id", "id", unique=True),
)

argument = Table(
    "argument",
    metadata,
    _attempt_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("made_at", UtcText, nullable=False),
)

turn = Table(
    "turn",
    metadata,
    _attempt_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("said_at", UtcText, nullable=False),
)

purge_ticket = Table("purge_ticket", metadata, _attempt_id())

APPEND_ONLY = (argument, assessment, self_review, submission, turn, event, revision)
"""In the order in which a purge empties them."""
