"""Evidence: for every judged answer what the engine and the reference say, as numbers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.public_grading.coverage import Rarity, coverage, word_marks
from benchmarks.public_grading.criteria import STAGE, graded_sentences, prompt_of, rubric_of
from benchmarks.public_grading.rows import Asked, Judged
from rubrics.graders.offline.appraisal import Appraisal, appraise, clues_for
from rubrics.graders.offline.compiled import Learnt, compile_rubric
from rubrics.graders.offline.doubt import DoubtModel
from rubrics.graders.offline.idle import IdleModel
from rubrics.graders.offline.settings import OfflineSettings

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

PARTS = 10
"""Into how many the graded answers of a question are cut, so that none is its own neighbour."""
_SETTINGS = OfflineSettings()


@dataclass(frozen=True)
class Evidence:
    """Everything known about some judged answers, one row each."""

    met: Bools
    group: npt.NDArray[np.str_]
    """Question or document."""
    unit: npt.NDArray[np.str_]
    """What is left out at once when something is chosen: groups, or parts of their answers."""
    split: npt.NDArray[np.str_]
    clues: Floats
    coverage: Floats
    marks: sparse.csr_array


def alone(judged: Sequence[Judged], rarity: Rarity) -> Evidence:
    """Return evidence from the references only, as for a question that nobody has graded."""
    clues: list[tuple[float, ...]] = [()] * len(judged)
    for asked, places in _by_asked(judged):
        rows = [judged[place] for place in places]
        for place, vector in zip(places, clues_of(asked, rows, ()), strict=True):
            clues[place] = vector
    return _evidence(judged, clues, [one.asked.id for one in judged], rarity)


def beside(judged: Sequence[Judged], rarity: Rarity) -> Evidence:
    """Return evidence with the graded answers of the same question as neighbours.

    Neighbours are answers of the training split. An answer of that split is compared with those
    of the other nine parts only.
    """
    clues: list[tuple[float, ...]] = [()] * len(judged)
    units = [""] * len(judged)
    for asked, places in _by_asked(judged):
        graded = [place for place in places if judged[place].split == "train"]
        for part in range(PARTS + 1):
            if part < PARTS:
                rows, near = graded[part::PARTS], set(graded) - set(graded[part::PARTS])
            else:
                rows, near = [one for one in places if one not in set(graded)], set(graded)
            neighbours = [judged[place] for place in sorted(near)]
            found = clues_of(asked, [judged[place] for place in rows], neighbours)
            for place, vector in zip(rows, found, strict=True):
                clues[place], units[place] = vector, f"part {part}"
    return _evidence(judged, clues, units, rarity)


def clues_of(
    asked: Asked, rows: Sequence[Judged], graded: Sequence[Judged]
) -> list[tuple[float, ...]]:
    """Return the engine's clues for some answers to one question."""
    if not rows:
        return []
    rubric = rubric_of(asked)
    criteria = {one.id: one for one in rubric.criteria}
    compiled = compile_rubric(rubric, prompt_of(asked), _SETTINGS, _learnt(graded))
    read: dict[str, Appraisal] = {}
    for row in rows:
        if row.text not in read:
            read[row.text] = appraise(STAGE, row.text, rubric.criteria, compiled, _SETTINGS)
    return [
        clues_for(criteria[row.criterion_id], read[row.text], compiled, _SETTINGS).vector()
        for row in rows
    ]


def _learnt(graded: Sequence[Judged]) -> Learnt:
    """Return what a grader knows that has never met a design: graded answers, and nothing else.

    Nobody has marked mistakes or idle sentences in school answers: nothing is doubted, and nothing
    is left out.
    """
    never = {"intercept": -60.0, "features": {}}
    return Learnt(
        graded_sentences(graded),
        DoubtModel.model_validate(never),
        IdleModel.model_validate(never),
    )


def _by_asked(judged: Sequence[Judged]) -> Iterator[tuple[Asked, list[int]]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(judged):
        places[one.asked.id].append(place)
    for found in places.values():
        yield judged[found[0]].asked, found


def _evidence(
    judged: Sequence[Judged], clues: Sequence[tuple[float, ...]], units: list[str], rarity: Rarity
) -> Evidence:
    covered: dict[tuple[str, str, str], list[float]] = {}
    marks: list[frozenset[str]] = []
    keys = [(one.asked.id, one.criterion_id, one.text) for one in judged]
    for key, one in zip(keys, judged, strict=True):
        references = one.asked.references[one.criterion_id]
        if key not in covered:
            covered[key] = coverage(one.text, references, one.asked.question, rarity)
        marks.append(word_marks(one.text, references, one.asked.question))
    return Evidence(
        met=np.array([one.is_met for one in judged]),
        group=np.array([one.asked.id for one in judged]),
        unit=np.array(units),
        split=np.array([one.split for one in judged]),
        clues=np.array(clues),
        coverage=np.array([covered[key] for key in keys]),
        marks=_indicators(marks),
    )


def _indicators(marks: Sequence[frozenset[str]]) -> sparse.csr_array:
    columns = {mark: at for at, mark in enumerate(sorted(frozenset().union(*marks)))}
    pairs = [(row, columns[mark]) for row, found in enumerate(marks) for mark in sorted(found)]
    rows, places = [row for row, _ in pairs], [place for _, place in pairs]
    shape = (len(marks), len(columns))
    return sparse.csr_array((np.ones(len(pairs)), (rows, places)), shape=shape)
