"""No traceback ever reaches a page: one clear message, a reference, and a log without text.

The log holds the kind of error and where it happened. It never holds the message, because
messages quote values, and the values here are somebody's answers.
"""

import functools
import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import streamlit as st

from components import state
from designs.problem import ContentError
from workbench.content import UnknownPromptError
from workbench.store import StoreError

_LOG = logging.getLogger("dryrun")

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def boundary(doing: str) -> Iterator[None]:
    """Show what goes wrong inside as one message.

    Args:
        doing: What failed, in the reader's words, for instance ``open the practice session``.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last resort of a page
        _show(_in_words(error, doing))


def guarded(doing: str) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """Put a function that Streamlit calls by itself (a fragment) in a boundary."""
    return _bounded(doing, _show)


def reported(doing: str) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """Keep what goes wrong in a callback for `show_failures`.

    What a callback shows by itself comes before everything on the page, so that a browser draws
    all that follows anew, the editor that somebody types in among it; and a rerun wipes it out.
    """
    return _bounded(doing, state.put_failure)


def _bounded(
    doing: str, tell: Callable[[str | ContentError], None]
) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    def wrap(function: Callable[P, T]) -> Callable[P, T | None]:
        @functools.wraps(function)
        def inside(*args: P.args, **kwargs: P.kwargs) -> T | None:
            try:
                return function(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - the last resort of a page
                tell(_in_words(error, doing))
                return None

        return inside

    return wrap


def show_failures() -> None:
    """Show what `reported` kept, once, at a place that the page always has.

    That is its top, which may be out of sight: a passing note says so.
    """
    failures = state.take_failures()
    with st.container():
        for failure in failures:
            _show(failure)
    if failures:
        st.toast("That did not work; the top of the page says why.", icon=":material/error:")


def _in_words(error: Exception, doing: str) -> str | ContentError:
    """Return what to show of an error, and log it unless it is about a document."""
    if isinstance(error, ContentError):
        return error
    reference = secrets.token_hex(4)
    _log(error, reference)
    if isinstance(error, StoreError | UnknownPromptError):
        # These are written for the reader: they say what to do and quote nobody's answer.
        return str(error)
    return (
        f"Something went wrong while trying to {doing}. Nothing that was shown as saved is "
        f"lost. Reload the page to go on; if it happens again, report reference {reference}."
    )


def _show(failure: str | ContentError) -> None:
    if isinstance(failure, ContentError):
        show_problems(failure)
    else:
        st.error(failure, icon=":material/error:")


def show_problems(error: ContentError) -> None:
    """Show what is wrong with a document, at most ten findings."""
    shown = error.problems[:10]
    st.error("The document could not be read. Nothing was changed.", icon=":material/error:")
    st.code("\n".join(str(problem) for problem in shown), language=None, wrap_lines=True)
    if len(error.problems) > len(shown):
        st.caption(f"and {len(error.problems) - len(shown)} more")


def _log(error: BaseException, reference: str) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-6:]))
    _LOG.error("reference %s: %s at %s", reference, type(error).__name__, where)
