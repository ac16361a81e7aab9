"""Where attempts are kept: SQLAlchemy Core on SQLite or PostgreSQL."""

from workbench.storage.facts import StoreFacts, store_facts
from workbench.storage.opening import default_database_url, open_store

__all__ = ["StoreFacts", "default_database_url", "open_store", "store_facts"]
