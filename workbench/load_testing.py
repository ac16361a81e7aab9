"""Load tests of drawings: run, remembered by content, and told in words and in JSON."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from designs.content_hash import canonical_json, record_hash, text_hash
from designs.drawing import Design
from designs.prompt import Prompt
from labs.load_test.comparing import Comparison, compare_designs, compare_scenarios
from labs.load_test.lab import ENGINE_VERSION, Progress, Setup, load_test
from labs.load_test.load_curve import load_curve
from labs.load_test.report import LoadCurve, LoadTestReport, Sizing
from labs.load_test.request_path import request_path
from labs.load_test.run import DrawStore
from labs.load_test.scenarios import PEAK, Scenario, scenarios_for
from labs.load_test.sizing import sizing
from workbench.content import Content

R = TypeVar("R")
_DRAWN_BYTES = 64_000_000
_KEPT = 200
"""Results that are remembered; one is some tens of kilobytes."""


@dataclass
class LoadTesting:
    """Load tests of any design under the traffic of a prompt.

    All methods raise `labs.load_test.refusal.LoadTestError` where a drawing cannot be tested, and
    `workbench.content.UnknownPromptError` for a prompt that does not exist. Results are kept in
    memory by the content of what they depend on, for all who ask.
    """

    content: Content
    _kept: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _drawn: tuple[tuple[str, int], DrawStore] | None = None

    def run(
        self,
        design: Design,
        prompt_id: str,
        setup: Setup | None = None,
        progress: Progress | None = None,
    ) -> LoadTestReport:
        """Return the report of a load test, from memory if the same was run before."""
        prompt, wanted = self.content.prompt(prompt_id), setup or Setup()
        key = self._key("run", design, prompt, wanted.model_dump(mode="json"))
        return self._remembered(
            key,
            lambda: load_test(
                design,
                prompt,
                self.content.palette,
                wanted,
                progress=progress,
                store=self._numbers(prompt_id, wanted),
            ),
        )

    def is_known(self, design: Design, prompt_id: str, setup: Setup | None = None) -> bool:
        """Return whether `run` would answer from memory."""
        prompt, wanted = self.content.prompt(prompt_id), setup or Setup()
        return self._key("run", design, prompt, wanted.model_dump(mode="json")) in self._kept

    def scenarios(self, design: Design) -> tuple[Scenario, ...]:
        """Return what can be tried with a design."""
        return scenarios_for(request_path(design, self.content.palette))

    def curve(
        self, design: Design, prompt_id: str, seed: int = 0, progress: Progress | None = None
    ) -> LoadCurve:
        """Return latency against load, with the headroom."""
        prompt = self.content.prompt(prompt_id)
        return self._remembered(
            self._key("curve", design, prompt, seed),
            lambda: load_curve(design, prompt, self.content.palette, seed=seed, progress=progress),
        )

    def sizing(
        self, design: Design, prompt_id: str, seed: int = 0, progress: Progress | None = None
    ) -> Sizing:
        """Return what would meet the latency objective."""
        prompt = self.content.prompt(prompt_id)
        return self._remembered(
            self._key("sizing", design, prompt, seed),
            lambda: sizing(design, prompt, self.content.palette, seed=seed, progress=progress),
        )

    def compare(
        self,
        first: Design,
        second: Design,
        prompt_id: str,
        setup: Setup | None = None,
        progress: Progress | None = None,
    ) -> Comparison:
        """Return two designs on common random numbers."""
        prompt, wanted = self.content.prompt(prompt_id), setup or Setup()
        rest = [record_hash(second), wanted.model_dump(mode="json")]
        return self._remembered(
            self._key("compare", first, prompt, rest),
            lambda: compare_designs(
                first, second, prompt, self.content.palette, wanted, progress=progress
            ),
        )

    def compare_scenarios(
        self,
        design: Design,
        scenarios: tuple[str, str],
        prompt_id: str,
        setup: Setup | None = None,
        progress: Progress | None = None,
    ) -> Comparison:
        """Return a design under two scenarios on common random numbers."""
        prompt, wanted = self.content.prompt(prompt_id), setup or Setup()
        rest = [list(scenarios), wanted.model_dump(mode="json")]
        return self._remembered(
            self._key("compare-scenarios", design, prompt, rest),
            lambda: compare_scenarios(
                design, scenarios, prompt, self.content.palette, wanted, progress=progress
            ),
        )

    def _numbers(self, prompt_id: str, setup: Setup) -> DrawStore | None:
        """Return the random numbers of the last steady run with this prompt and seed.

        Whoever edits a design runs it again and again on the same numbers, and need not draw them.
        """
        if setup.scenario != PEAK.id:
            return None
        with self._lock:
            if self._drawn is None or self._drawn[0] != (prompt_id, setup.seed):
                self._drawn = ((prompt_id, setup.seed), DrawStore(_DRAWN_BYTES))
            return self._drawn[1]

    def _key(self, what: str, design: Design, prompt: Prompt, rest: Any) -> str:
        parts = [what, record_hash(design), prompt.content_hash(), rest, ENGINE_VERSION]
        return text_hash(canonical_json(parts))

    def _remembered(self, key: str, compute: Callable[[], R]) -> R:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: R = self._kept[key]
                return kept
        result = compute()  # outside of the lock: somebody else's test need not wait for it
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return result
