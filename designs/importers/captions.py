"""Captions of edges, read: how often, how long, and what happens else."""

import re

from designs.drawing_draft import Row

_TIMEOUT = re.compile(
    r"(?:≤|<=?|timeout:?)?\s*(\d{1,7}(?:,\d{3})*(?:\.\d{1,6})?)\s*(ms|s)\b", re.IGNORECASE
)
_TIMES = re.compile(
    r"[×x]\s?(\d{1,6}(?:,\d{3})*(?:\.\d{1,6})?)(?![\w.])|(?<!\w)(\d{1,5}) calls?", re.IGNORECASE
)
_SHARE = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,6})?)\s?%")
_ELSE = re.compile(r"\b(?:else|fallback:?)\s+(.+)", re.IGNORECASE | re.DOTALL)
_REPLICAS = re.compile(r"(?:^|(?<=[\s·(]))[×x]\s?(\d{1,4}(?:,\d{3})?)\)?\s*$", re.IGNORECASE)
_LONGEST = 120


def edge_row(lines: tuple[str, ...]) -> tuple[Row, str]:
    """Read the caption of an edge.

    Returns:
        The columns that it fills, and what is left of it, for the note.
    """
    text = " ".join(" ".join(lines).split())[:2000]
    row: Row = {}
    if found := _ELSE.search(text):
        row["fallback"], text = found[1][:_LONGEST].strip(), text[: found.start()]
    if found := _TIMEOUT.search(text):
        scale = 1000 if found[2].lower() == "s" else 1
        row["timeout_ms"] = f"{float(found[1].replace(',', '')) * scale:g}"
        text = text[: found.start()] + text[found.end() :]
    if found := _TIMES.search(text):
        row["calls_per_request"] = (found[1] or found[2]).replace(",", "")
        text = text[: found.start()] + text[found.end() :]
    elif found := _SHARE.search(text):
        row["calls_per_request"] = f"{float(found[1]) / 100:g}"
        text = text[: found.start()] + text[found.end() :]
    return {name: cell for name, cell in row.items() if cell}, text.strip(" ·,;:\n")


def replicas_in(text: str) -> tuple[int, str]:
    """Return the number of replicas that ends a label such as ``API gateway · ×6``, and the rest.

    Without such a number it is 1 and the whole label.
    """
    found = _REPLICAS.search(text)
    number = int(found[1].replace(",", "")) if found else 1
    if found is None or not 1 < number <= 10_000:
        return 1, text
    return number, text[: found.start()].rstrip(" ·(")
