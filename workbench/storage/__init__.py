"""Where attempts are kept: SQLAlchemy Core on SQLite or PostgreSQL."""
