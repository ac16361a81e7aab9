"""How long the offline grader takes, beside splitting and stemming the same words.

Warm: stage answers of about 200 words, taken from the exemplars of all prompts, each graded alone,
and whole exemplars of about 200 words a stage. The floor is what no grader of words can do
without: cutting the same text into sentences and stemming it. Cold: a new process that imports the
grader, reads rubric, prompt and trained files, and grades its first attempt, the exemplar of fraud
detection with its drawing; its floor is a new process that imports pydantic. Modules are compiled
before, as they are on every machine from the second start on.

    python -m benchmarks.grading_speed --write docs/benchmarks.md
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from designs.attempt_document import AttemptDocument
from designs.library import prompt_slugs, shipped_pack
from designs.stage import STAGES, StageId
from rubrics.graders.offline.segments import sentences
from workbench.content import Content, shipped_content
from workbench.scoring import score_document

WORDS = 200
_ROOT = Path(__file__).parents[1]
_COLD = """
from workbench.content import shipped_content
from workbench.scoring import score_document
content = shipped_content()
score_document(content.exemplar("fraud-detection"), content)
"""


def about(text: str) -> str:
    """Return the sentences of a text up to the one that makes it 200 words long."""
    count = 0
    for sentence in sentences(text):
        count += len(sentence.tokens)
        if count >= WORDS:
            return text[: sentence.end]
    return text


def answers() -> dict[str, dict[StageId, str]]:
    """Return the shortened exemplar of every prompt."""
    return {
        slug: {stage: about(shipped_pack(slug).exemplar.answers[stage]) for stage in STAGES}
        for slug in prompt_slugs()
    }


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each of some runs took."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def graded(slug: str, some: dict[StageId, str], content: Content) -> Callable[[], object]:
    """Return the work of grading an attempt that answers some stages."""
    document = AttemptDocument(schema_version=1, prompt=slug, answers=some)
    return lambda: score_document(document, content)


def warm(repetitions: int) -> list[tuple[str, list[float], list[float]]]:
    """Return label, times and times of the floor, for stage answers and for attempts."""
    content = shipped_content()
    single: list[float] = []
    whole: list[float] = []
    floor_single: list[float] = []
    floor_whole: list[float] = []
    for slug, texts in answers().items():
        graded(slug, texts, content)()  # compiles the rubric
        for stage, text in texts.items():
            single += milliseconds(graded(slug, {stage: text}, content), repetitions)
            floor_single += milliseconds(lambda text=text: sentences(text), repetitions)  # type: ignore[misc]
        whole += milliseconds(graded(slug, texts, content), repetitions)
        joined = "\n\n".join(texts.values())
        floor_whole += milliseconds(lambda joined=joined: sentences(joined), repetitions)  # type: ignore[misc]
    return [
        ("a stage answer of 200 words", single, floor_single),
        ("an attempt of seven such answers", whole, floor_whole),
    ]


def cold(starts: int) -> tuple[list[float], list[float]]:
    """Return the times of new processes: ours, and one that only imports pydantic."""
    ours: list[float] = []
    floor: list[float] = []
    with TemporaryDirectory() as bytecode:
        _process(_COLD, bytecode)  # compiles the modules, which is done once on a machine
        for _ in range(starts):
            ours += milliseconds(lambda: _process(_COLD, bytecode), 1)
            floor += milliseconds(lambda: _process("import pydantic", bytecode), 1)
    return ours, floor


def _process(code: str, bytecode: str) -> None:
    """Run code in a new process that finds compiled modules, whatever is set around it."""
    kept = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": bytecode}
    subprocess.run([sys.executable, "-c", code], cwd=_ROOT, env=environment, check=True)


def row(label: str, ours: Sequence[float], floor: Sequence[float], goal: str) -> str:
    """Return a line of the table."""
    p50, p95 = statistics.median(ours), statistics.quantiles(ours, n=20)[-1]
    base = statistics.median(floor)
    return f"| {label} | {p50:.0f} | {p95:.0f} | {base:.1f} | {p50 / base:.0f} | {goal} |"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=9, help="of each answer")
    parser.add_argument("--starts", type=int, default=7, help="of a new process")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    given = parser.parse_args()
    load = machine_load()
    goals = ("p95 at most 40 ms", "p95 at most 250 ms")
    lines = ["| Grading | p50 ms | p95 ms | floor p50 ms | ratio | goal |", "|" + "---|" * 6]
    for (label, ours, floor), goal in zip(warm(given.repetitions), goals, strict=True):
        lines.append(row(label, ours, floor, goal))
    ours, floor = cold(given.starts)
    lines.append(row("a new process, to its first grade", ours, floor, "1,500 ms"))
    command = (
        f"python -m benchmarks.grading_speed --repetitions {given.repetitions} "
        f"--starts {given.starts}"
    )
    text = "\n".join(lines) + f"\n\n{measured_line(command)} {load}"
    print(text)
    if given.write:
        replace_block(given.write, "grading-speed", text)


if __name__ == "__main__":
    main()
