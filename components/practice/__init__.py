"""The practice page, piece by piece."""
