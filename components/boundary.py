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
    except (StoreError, UnknownPromptError) as error:
        # These are written for the reader: they say what to do and quote nobody's answer.
        st.error(str(error), icon=":material/error:")
        _log(error, secrets.token_hex(4))
    except ContentError as error:
        show_problems(error)
    except Exception as error:  # noqa: BLE001 - the last resort of a page
        reference = secrets.token_hex(4)
        _log(error, reference)
        st.error(
            f"Something went wrong while trying to {doing}. Nothing that was shown as saved is "
            f"lost. Reload the page to go on; if it happens again, report reference {reference}.",
            icon=":material/error:",
        )


def guarded(doing: str) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """Put a function that Streamlit calls by itself (a fragment, a callback) in a boundary."""

    def wrap(function: Callable[P, T]) -> Callable[P, T | None]:
        @functools.wraps(function)
        def inside(*args: P.args, **kwargs: P.kwargs) -> T | None:
            results: list[T] = []
            with boundary(doing):
                results.append(function(*args, **kwargs))
            return results[0] if results else None

        return inside

    return wrap


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
