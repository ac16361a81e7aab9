"""Use cases and I/O: attempts, storage, reports, settings, command line."""
