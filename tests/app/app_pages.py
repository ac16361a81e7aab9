"""What the app tests know of the app: where it lies, and how a page is opened."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
OpenPage = Callable[..., AppTest]
"""Takes the page's name and, by keyword, what its address holds."""
