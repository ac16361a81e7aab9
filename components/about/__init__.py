"""The about page, piece by piece."""
