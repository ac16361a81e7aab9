"""The load test that belongs to the score of record.

It is always run where a drawing can be run: whether kernels are warm, or whether somebody looked
at the lab before, must not change a score.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from designs.content_hash import record_hash
from designs.drawing import Design
from designs.node_kind import Palette
from designs.prompt import Prompt
from labs.load_test.refusal import LoadTestError
from labs.load_test.report import LoadTestReport
from rubrics.criterion import LoadTestIndicator
from rubrics.rubric import Rubric

GRADED_REQUESTS = 32_000
"""Over all replications, at the peak rate. Fewer where a request makes very many calls."""
GRADED_SEED = 0


def graded_load_test(
    design: Design, prompt: Prompt, palette: Palette, rubric: Rubric
) -> LoadTestReport | None:
    """Return the load test that a grader is given, or None if there is nothing to run.

    The same drawing gives the same report. It takes about a tenth of a second; where
    calls are repeated, batched or refused, seconds more the first time in a process, when the
    kernels of that are loaded or compiled.

    Args:
        design: The submitted drawing.
        prompt: For traffic and objectives.
        palette: For the figures of kinds.
        rubric: A test that no criterion asks for is not run.

    Returns:
        None without a drawing, and for one that cannot be run: it earns nothing and costs nothing.
    """
    indicators = (one for criterion in rubric.criteria for one in criterion.indicators)
    if not design.nodes or not any(isinstance(one, LoadTestIndicator) for one in indicators):
        return None
    key = record_hash(design) + prompt.content_hash() + record_hash(palette)
    return _report(_Wanted(key, design, prompt, palette))


@dataclass(frozen=True)
class _Wanted:
    """What a report depends on, known by its content."""

    key: str
    design: Design = field(compare=False)
    prompt: Prompt = field(compare=False)
    palette: Palette = field(compare=False)


@lru_cache(maxsize=64)
def _report(wanted: _Wanted) -> LoadTestReport | None:
    # Imported here: most attempts have no drawing to run, and the lab takes a moment to load.
    from labs.load_test.lab import Setup, job_of, report_of, run_job

    try:
        setup = Setup(seed=GRADED_SEED)
        job = job_of(wanted.design, wanted.prompt, wanted.palette, setup)
        job = job._replace(requests=min(job.requests, GRADED_REQUESTS))
        return report_of(job, run_job(job), wanted.palette)
    except LoadTestError:
        return None
