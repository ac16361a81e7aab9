"""What the interviewer said, append-only like everything else about an attempt."""

import sqlalchemy as sa
from alembic import op

from workbench.storage.migrations.append_only import guard

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
    guard("turn")
