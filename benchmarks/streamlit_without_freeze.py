"""Streamlit in a process in which `gc.freeze` does nothing: what the app would cost without it."""

import gc

from streamlit.web.cli import main


def freeze() -> None:
    """Freeze nothing."""


if __name__ == "__main__":
    gc.freeze = freeze
    main(prog_name="streamlit")
