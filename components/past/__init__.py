"""The history page, piece by piece."""
