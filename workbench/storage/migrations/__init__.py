"""Alembic scripts, run when a store is opened."""
