"""Quantities: numbers with units, as people write them, in any unit asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rubrics.criterion import Unit
from rubrics.graders.offline.segments import Sentence

Dimension = Literal["time", "share", "usd", "rate", "count", "byte"]

_MS: dict[str, float] = {
    "ns": 1e-6, "us": 1e-3, "μs": 1e-3, "microsecond": 1e-3, "ms": 1, "msec": 1, "millisecond": 1,
    "milli": 1, "s": 1e3, "sec": 1e3, "second": 1e3, "m": 6e4, "min": 6e4, "minute": 6e4, "h": 3.6e6,
    "hr": 3.6e6, "hour": 3.6e6, "d": 8.64e7, "day": 8.64e7, "night": 8.64e7, "w": 6.048e8,
    "wk": 6.048e8, "week": 6.048e8, "mo": 2.592e9, "month": 2.592e9, "quarter": 7.776e9, "y": 3.1536e10,
    "yr": 3.1536e10, "year": 3.1536e10,
}  # fmt: skip
_BYTES = {"b": 1.0, "byte": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15,
          "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12}  # fmt: skip
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9,
           "billion": 1e9, "b": 1e9, "trillion": 1e12, "hundred": 1e2}  # fmt: skip
_WORDS = {
    "half a": 0.5, "half an": 0.5, "a quarter of an": 0.25, "a quarter of a": 0.25, "a": 1, "an": 1,
    "every": 1, "each": 1, "per": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100,
    "a hundred": 100, "a thousand": 1000, "a million": 1e6, "a couple of": 2, "half": 0.5,
}  # fmt: skip
_ARTICLES = frozenset({"a", "an", "every", "each", "per"})
_CADENCES = {
    "hourly": 3.6e6, "nightly": 8.64e7, "daily": 8.64e7, "weekly": 6.048e8, "biweekly": 1.2096e9,
    "fortnightly": 1.2096e9, "monthly": 2.592e9, "quarterly": 7.776e9, "yearly": 3.1536e10,
}  # fmt: skip
_PERIOD_MS = {"s": 1e3, "sec": 1e3, "second": 1e3, "min": 6e4, "minute": 6e4, "h": 3.6e6, "hour": 3.6e6,
              "d": 8.64e7, "day": 8.64e7, "week": 6.048e8, "month": 2.592e9}  # fmt: skip


def _either(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?(?:e[+-]?\d{1,2})?"
_POWER = r"(?P<base>\d{1,2})\^(?P<power>\d{1,2})"
_SCALE = rf"(?:\s?(?P<scale>{_either(_SCALES)})(?![a-z]))"
_PERIODS = _either(_PERIOD_MS)
_UNIT = (
    r"[ \-]?(?:"
    r"(?P<share>%|percent(?:age)?(?: points?)?|pct|per cent|in (?:a|one) hundred|in 100)"
    r"|(?P<money>dollars?|usd|bucks|euros?|€)"
    r"|(?P<cents>cents?|¢)"
    rf"|(?P<rate>rps|qps|tps|/\s?(?P<slash>{_PERIODS})(?![a-z])"
    rf"|(?:[a-z]+ ){{0,2}}?(?:per|an?) (?P<period>{_PERIODS})(?:s)?(?![a-z])|[a-z]+/(?P<slash2>{_PERIODS})(?![a-z]))"
    rf"|(?P<time>{_either(_MS)})s?(?![a-z0-9])"
    rf"|(?P<byte>{_either(_BYTES)})s?(?![a-z0-9])"
    r")"
)
_NUMBER = re.compile(
    rf"(?P<currency>[$€£]\s?)?(?<![a-z0-9.])(?:{_POWER}|(?P<digits>{_DIGITS})|(?P<word>\b(?:{_either(_WORDS)})\b(?=[ \-])))"
    rf"{_SCALE}?(?:{_UNIT})?"
)
_RATIO = re.compile(
    r"(?<![\w.])(?P<top>\d{1,6}|one|two|three)\s?(?P<bar>/|in|of|out of)\s?(?:an? |one )?"
    r"(?P<bottom>\d{1,9}(?:,\d{3})*|thousand|hundred|million|five|ten|twenty|four|three)(?![\w])"
)
_CADENCE = re.compile(rf"\b(?P<cadence>{_either(_CADENCES)})\b")
_RANGE = re.compile(r"(?:\s?-\s?|\s?to\s|\s?and\s|\s?or\s)")
_STEP_WORDS = re.compile(
    r"(?:step|stage|phase|version|day|week|slot|tier|level|option|p|v|q|top)\s?$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the base unit of its dimension, and its place in the sentence's folded text."""

    start: int
    end: int
    value: float
    dimension: Dimension
    plain: bool = False
    """A number that names no unit."""

    def in_unit(self, unit: Unit) -> float | None:
        """Return the value in a unit, or None if it measures something else."""
        dimension, factor = _UNITS[unit]
        if self.dimension == dimension and not (unit == "count" and self.value < 1):
            return self.value / factor
        if unit == "ratio" and self.plain:
            return self.value
        return None


_UNITS: dict[Unit, tuple[Dimension, float]] = {
    "ms": ("time", 1.0), "s": ("time", 1e3), "min": ("time", 6e4), "h": ("time", 3.6e6),
    "day": ("time", 8.64e7), "percent": ("share", 0.01), "ratio": ("share", 1.0), "usd": ("usd", 1.0),
    "per-second": ("rate", 1.0), "count": ("count", 1.0), "byte": ("byte", 1.0),
}  # fmt: skip


def quantities(sentence: Sentence) -> tuple[Quantity, ...]:
    """Return every quantity of a sentence, in order; a range gives both of its ends."""
    text = sentence.text
    found: list[Quantity] = []
    for match in _RATIO.finditer(text):
        found += _ratio(match)
    for match in _CADENCE.finditer(text):
        found.append(Quantity(*match.span(), _CADENCES[match["cadence"]], "time"))
    matches = list(_NUMBER.finditer(text))
    for position, match in enumerate(matches):
        following = matches[position + 1] if position + 1 < len(matches) else None
        found += _read(match, sentence, _range_end(text, match, following))
    return tuple(sorted(found, key=lambda one: one.start))


def _ratio(match: re.Match[str]) -> Iterator[Quantity]:
    top, bottom = _plain_value(match["top"]), _plain_value(match["bottom"])
    if bottom > top and (match["bar"] != "of" or bottom >= 10):
        yield Quantity(*match.span(), top / bottom, "share")


def _plain_value(text: str) -> float:
    if text in _WORDS:
        return float(_WORDS[text])
    if text in _SCALES:
        return _SCALES[text]
    return float(text.replace(",", ""))


def _range_end(
    text: str, match: re.Match[str], following: re.Match[str] | None
) -> re.Match[str] | None:
    """Return the upper end of a range, whose unit counts for the lower end too."""
    if following is None or _named_unit(match) or match["word"] in _ARTICLES:
        return None
    between = text[match.end() : following.start()]
    return following if _RANGE.fullmatch(between) and _named_unit(following) else None


def _named_unit(match: re.Match[str]) -> bool:
    names = ("share", "money", "cents", "rate", "time", "byte")
    return any(match[name] for name in names)


def _read(
    match: re.Match[str], sentence: Sentence, upper: re.Match[str] | None
) -> Iterator[Quantity]:
    unit = upper or match
    if _is_no_quantity(match, sentence, unit):
        return
    value = _value(match)
    start, end = match.span()
    if match["currency"] or unit["money"]:
        yield Quantity(start, end, value, "usd")
    elif unit["cents"]:
        yield Quantity(start, end, value / 100, "usd")
    elif unit["share"]:
        yield Quantity(start, end, value / 100, "share")
    elif unit["rate"]:
        period = unit["slash"] or unit["slash2"] or unit["period"] or "s"
        yield Quantity(start, end, value / (_PERIOD_MS[period] / 1e3), "rate")
    elif unit["time"]:
        yield Quantity(start, end, value * _MS[unit["time"]], "time")
    elif unit["byte"] and not (unit["byte"] == "b" and match["scale"]):
        yield Quantity(start, end, value * _BYTES[unit["byte"]], "byte")
    elif match["word"] not in ("half", "half a", "half an", "hundred"):
        yield Quantity(start, end, value, "count", plain=True)


def _is_no_quantity(match: re.Match[str], sentence: Sentence, unit: re.Match[str]) -> bool:
    """Tell a number from an article (`a model`) and from a label (`step 2`)."""
    if match["word"] in _ARTICLES and not match["time"]:
        return True
    if match["word"] in ("a", "per") and match["time"] == "second":
        return not _is_duration(match, sentence)
    before = sentence.text[max(0, match.start() - 8) : match.start()]
    return bool(_STEP_WORDS.search(before)) and not _named_unit(unit)


def _is_duration(match: re.Match[str], sentence: Sentence) -> bool:
    """Tell `within a second` from `a second model`."""
    after = sentence.text[match.end() :].lstrip()
    return not after[:1].isalpha() or after.split()[0] in (
        "of",
        "and",
        "or",
        "to",
        "for",
        "after",
        "so",
    )


def _value(match: re.Match[str]) -> float:
    if match["power"]:
        value = float(match["base"]) ** int(match["power"])
    elif match["digits"]:
        value = float(match["digits"].replace(",", ""))
    else:
        value = float(_WORDS[match["word"]])
    return value * _SCALES[match["scale"]] if match["scale"] else value
