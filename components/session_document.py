"""A session as the file that is taken home, made when its button is pressed."""

from collections.abc import Callable

from components.state import the_workbench
from workbench.exchange import document_json, export_attempt


def session_document(attempt_id: str) -> Callable[[], bytes]:
    """Return what makes the document of an attempt.

    Streamlit calls it outside of any session, so the desk is looked up before.
    """
    desk = the_workbench().desk

    def make() -> bytes:
        return document_json(export_attempt(desk, attempt_id)).encode("utf-8")

    return make
