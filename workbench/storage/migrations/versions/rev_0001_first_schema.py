"""First schema: attempts, append-only work and results, triggers that keep them so."""

import sqlalchemy as sa
from alembic import op

from workbench.storage.migrations.append_only import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("revision", "event", "submission", "self_review", "assessment")


def upgrade() -> None:
    """Create the tables and their triggers."""
    _create_attempt()
    _create_work()
    _create_results()
    op.create_table("purge_ticket", _attempt_id())
    if op.get_bind().dialect.name == "postgresql":
        _create_guard_postgresql()
    for table in _APPEND_ONLY:
        guard(table)


def _attempt_id() -> "sa.Column[str]":
    return sa.Column("attempt_id", sa.String(64), sa.ForeignKey("attempt.id"), primary_key=True)


def _number() -> "sa.Column[int]":
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)


def _create_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("prompt_id", sa.String(64), nullable=False),
        sa.Column("prompt_hash", sa.Text, nullable=False),
        sa.Column("budget_minutes", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("change_number", sa.Integer, nullable=False),
    )
    op.create_index("attempt_by_owner", "attempt", ["owner", "change_number"])


def _create_work() -> None:
    op.create_table(
        "revision",
        _attempt_id(),
        sa.Column("part", sa.String(32), primary_key=True),
        _number(),
        sa.Column("parent", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("stale", sa.Boolean, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.CheckConstraint("number >= 1", name="revision_number_from_one"),
    )
    op.create_table(
        "event",
        _attempt_id(),
        _number(),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32)),
        sa.Column("subject", sa.String(64), nullable=False),
    )
    op.create_table(
        "submission",
        _attempt_id(),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("submitted_at", sa.String(32), nullable=False),
    )


def _create_results() -> None:
    op.create_table(
        "self_review",
        _attempt_id(),
        _number(),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "assessment",
        _attempt_id(),
        _number(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_index("assessment_by_id", "assessment", ["attempt_id", "id"], unique=True)


def _create_guard_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION dryrun_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF EXISTS (SELECT 1 FROM purge_ticket WHERE attempt_id = OLD.attempt_id) THEN
                    RETURN OLD;
                END IF;
            END IF;
            RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only';
        END $$
        """
    )
