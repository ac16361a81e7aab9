"""Published figures: where and when they were measured, and the block of a page that holds them."""

import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path


def measured_line(command: str) -> str:
    """Return date, machine and command, so that a figure can be doubted and measured anew."""
    today = datetime.now(UTC).date().isoformat()
    return (
        f"Measured {today} on {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, with `{command}`."
    )


def replace_block(page: Path, name: str, text: str) -> None:
    """Put a text between the two marker lines of a page.

    Args:
        page: A Markdown file with `<!-- begin NAME -->` and `<!-- end NAME -->`.
        name: Of the block.
        text: What the block is to hold.

    Raises:
        ValueError: If the page has no such block.
    """
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    before, found_begin, rest = page.read_text(encoding="utf-8").partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"{page} has no block {name}")
    page.write_text(
        f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8", newline="\n"
    )
