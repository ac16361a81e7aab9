"""Arguments: whom the learner believes where two graders disagree."""

import sqlalchemy as sa
from alembic import op

from workbench.storage.migrations.append_only import guard

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
    guard("argument")
