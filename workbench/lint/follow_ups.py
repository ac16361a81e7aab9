"""Checks on follow-up questions: each can be asked, and none gives the reference away."""

import re
from collections.abc import Iterator, Sequence

from designs.inspections import INSPECTIONS
from designs.library import PromptPack
from designs.node_kind import Palette
from designs.problem import Problem
from designs.stage import STAGES
from workbench.interview.follow_ups import Change, FollowUp, FollowUps, Probe
from workbench.interview.rules import text_fits
from workbench.interview.voice import secret_of, tells, told_texts
from workbench.interview.witness import firing_work, matching_texts, silent_work
from workbench.lint.sheet import Sheet

_FIGURE = re.compile(r"\d[\d.,]*\d")
"""Figures of two digits and more; single digits say nothing about whose they are."""
At = tuple[str | int, ...]
Asked = tuple[At, FollowUp | Change]


def check_follow_ups(sheet: Sheet[FollowUps], palette: Palette) -> Iterator[Problem]:
    """Yield what is wrong with a file of follow-up questions on its own."""
    follow_ups = sheet.record
    if follow_ups.prompt != sheet.path.parent.name:
        folder = sheet.path.parent.name
        yield sheet.problem("FUP001", ("prompt",), f"prompt differs from the folder {folder!r}")
    asked = {one.stage for one in follow_ups.questions}
    for stage in STAGES:
        if stage not in asked:
            yield sheet.problem("FUP002", ("questions",), f"no question belongs to {stage}")
    kinds = {kind.id for kind in palette.kinds}
    for index, one in enumerate(follow_ups.questions):
        at: At = ("questions", index, "when")
        for name in sorted({*one.when.drawn, *one.when.not_drawn} - kinds if kinds else ()):
            yield sheet.problem("FUP003", at, f"the palette has no kind {name!r}")
        for name in sorted(set(one.when.inspections) - set(INSPECTIONS)):
            yield sheet.problem("FUP003", at, f"there is no inspection {name!r}")
    for place, question in _all(follow_ups):
        yield from _check_probes(sheet, place, question)


def check_follow_ups_run(
    sheet: Sheet[FollowUps], pack: PromptPack, palette: Palette
) -> Iterator[Problem]:
    """Yield questions that nothing calls for, that everything calls for, or that tell too much."""
    for index, one in enumerate(sheet.record.questions):
        at: At = ("questions", index, "when")
        if firing_work(one.when, one.stage, pack, palette) is None:
            yield sheet.problem("FUP004", at, f"no answer makes {one.id!r} fit: it is never asked")
        if silent_work(one.when, one.stage, pack, palette) is None:
            yield sheet.problem("FUP005", at, f"{one.id!r} fits every answer: it challenges nobody")
    secret = secret_of(pack.prompt, pack.exemplar)
    told = set(_FIGURE.findall(" ".join(told_texts(pack.prompt))))
    figures = set(_FIGURE.findall(" ".join(pack.exemplar.answers.values()))) - told
    for place, text in _spoken(sheet.record):
        if tells(text, secret):
            yield sheet.problem("FUP006", place, "shares five words in a row with the exemplar")
        for figure in sorted(figures.intersection(_FIGURE.findall(text))):
            yield sheet.problem("FUP007", place, f"tells a figure of the exemplar: {figure}")


def _check_probes(sheet: Sheet[FollowUps], at: At, asked: FollowUp | Change) -> Iterator[Problem]:
    for index, probe in enumerate(asked.probes):
        place = (*at, "probes", index)
        if not any(text_fits(probe.unless, text) for text in matching_texts(probe.unless)):
            yield sheet.problem("FUP008", place, "no reply makes this probe needless")
        if text_fits(probe.unless, asked.wording):
            yield sheet.problem("FUP009", place, "repeating the question would answer it")


def _all(follow_ups: FollowUps) -> Iterator[Asked]:
    for index, one in enumerate(follow_ups.questions):
        yield ("questions", index), one
    yield ("change",), follow_ups.change


def _spoken(follow_ups: FollowUps) -> Iterator[tuple[At, str]]:
    """Yield everything that is said during a session, and what a good reaction is said to be."""
    for at, asked in _all(follow_ups):
        yield (*at, "wording"), asked.wording
        yield (*at, "why"), asked.why
        probes: Sequence[Probe] = asked.probes
        for index, probe in enumerate(probes):
            yield (*at, "probes", index, "wording"), probe.wording
        for index, line in enumerate(asked.good_reaction):
            yield (*at, "good_reaction", index), line
