"""The triggers that make a table append-only, the same text in every migration.

What stands here is part of the schema: a database that was made before must come out the same.
"""

from alembic import op


def guard(table: str) -> None:
    """Refuse updates of a table, and deletions without a ticket for the attempt."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite(table)
    else:
        _guard_postgresql(table)


def _guard_sqlite(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS "  # noqa: S608
        "(SELECT 1 FROM purge_ticket WHERE purge_ticket.attempt_id = OLD.attempt_id) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _guard_postgresql(table: str) -> None:
    """Call the function that revision 0001 creates."""
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION dryrun_append_only()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION dryrun_append_only()"
    )
