"""The review page, piece by piece."""
