"""Arguments: whom the learner believes where two graders disagree."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and its triggers, of the same kind as in 0001."""
    op.create_table(
        "argument",
        sa.Column("attempt_id", sa.String(64), sa.ForeignKey("attempt.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER argument_no_update BEFORE UPDATE ON argument "
        "BEGIN SELECT RAISE(ABORT, 'argument is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER argument_no_delete BEFORE DELETE ON argument WHEN NOT EXISTS "
        "(SELECT 1 FROM purge_ticket WHERE purge_ticket.attempt_id = OLD.attempt_id) "
        "BEGIN SELECT RAISE(ABORT, 'argument is append-only'); END"
    )


def _guard_postgresql() -> None:
    for name, when, each in (
        ("append_only", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER argument_{name} BEFORE {when} ON argument "
            f"FOR EACH {each} EXECUTE FUNCTION dryrun_append_only()"
        )
