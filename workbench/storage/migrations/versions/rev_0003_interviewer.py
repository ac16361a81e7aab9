"""What the interviewer said, append-only like everything else about an attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its triggers."""
    op.create_table(
        "turn",
        sa.Column("attempt_id", sa.String(64), sa.ForeignKey("attempt.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("said_at", sa.String(32), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER turn_no_update BEFORE UPDATE ON turn "
        "BEGIN SELECT RAISE(ABORT, 'turn is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER turn_no_delete BEFORE DELETE ON turn WHEN NOT EXISTS "
        "(SELECT 1 FROM purge_ticket WHERE purge_ticket.attempt_id = OLD.attempt_id) "
        "BEGIN SELECT RAISE(ABORT, 'turn is append-only'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER turn_append_only BEFORE UPDATE OR DELETE ON turn "
        "FOR EACH ROW EXECUTE FUNCTION dryrun_append_only()"
    )
    op.execute(
        "CREATE TRIGGER turn_no_truncate BEFORE TRUNCATE ON turn "
        "FOR EACH STATEMENT EXECUTE FUNCTION dryrun_append_only()"
    )
