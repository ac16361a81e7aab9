"""How fast the load test's engine is beside SimPy, Ciw and the drawing of its random numbers.

CPU time of one thread, in interleaved rounds of one process; ratios are medians of the ratios of
single rounds, so a busy machine disturbs them little. SimPy gets numbers drawn before, for fewer
requests; Ciw draws its own; both are scaled to 100,000 requests.

    python -m benchmarks.load_test_engine --write docs/load-test.md
"""

import argparse
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.load_test_network import RPS, chain, fork_join, traffic
from benchmarks.machine_load import machine_load
from benchmarks.measured_block import measured_line, replace_block
from labs.load_test.engine.draws import DrawStore
from labs.load_test.network import Network
from labs.load_test.run import simulate

REQUESTS = 100_000
_SIMPY_REQUESTS = 5_000
_CIW_REQUESTS = 2_500
_GOALS = {"SimPy": 250.0, "Ciw": 900.0}
_MOST_MB = 150.0
_MEMORY = """
import psutil
from benchmarks.load_test_network import chain, traffic
from labs.load_test.run import simulate, warm_up
warm_up()
simulate(chain(), traffic(), requests=1000)
process = psutil.Process()
base = process.memory_info().rss
import threading, time
peak, done = [base], []
def watch():
    while not done:
        peak.append(process.memory_info().rss)
        time.sleep(0.002)
thread = threading.Thread(target=watch)
thread.start()
simulate(chain(), traffic(), requests={requests}, replications={replications})
done.append(True)
thread.join()
print((max(peak) - base) / 1e6)
"""


def cpu_s(work: Callable[[], object]) -> float:
    """Return the CPU seconds that a piece of work takes on this thread."""
    gc.collect()
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def floor(stations: int) -> None:
    """Draw what a run needs, and nothing else."""
    for number in range(stations):
        generator = np.random.Generator(np.random.SFC64(number))
        drawn = generator.standard_normal(REQUESTS)
        drawn *= 0.5
        drawn += 1.0
        np.exp(drawn, out=drawn)
    generator.standard_exponential(REQUESTS)


def ours(network: Network, store: DrawStore | None = None) -> None:
    """Simulate and take the three percentiles."""
    run = simulate(network, traffic(), seed=1, requests=REQUESTS, store=store)
    np.percentile(run.replications[0].latencies, (50, 95, 99))


def in_simpy(network: Network, requests: int) -> Callable[[], object]:
    """Return the run in SimPy, as short as it can be written for these stations."""
    import simpy

    random = np.random.default_rng(1)
    gaps = random.exponential(1 / RPS, requests)
    times = {
        one.id: np.exp(random.normal(np.log(one.service.p50_ms / 1000), 0.5, requests))
        for one in network.stations
        if one.service
    }
    luck = random.random(requests)
    steps: dict[str, list[list[Any]]] = {one.id: [] for one in network.stations}
    for call in network.calls:
        own = steps[call.source]
        while len(own) <= call.step:
            own.append([])
        own[call.step].append(call)

    def run() -> None:
        env = simpy.Environment()
        servers = {one.id: simpy.Resource(env, one.replicas) for one in network.stations}

        def visit(name: str, number: int) -> Generator[Any, Any, None]:
            with servers[name].request() as turn:
                yield turn
                yield env.timeout(times[name][number])
            for step in steps[name]:
                made = [c for c in step if c.probability == 1 or luck[number] < c.probability]
                if len(made) == 1:
                    yield from visit(made[0].target, number)
                elif made:
                    yield env.all_of([env.process(visit(c.target, number)) for c in made])

        def arrive() -> Generator[Any, Any, None]:
            for number in range(requests):
                yield env.timeout(gaps[number])
                env.process(visit(network.entry, number))

        env.process(arrive())
        env.run()

    return run


def in_ciw(network: Network, requests: int) -> Callable[[], object]:
    """Return the chain in Ciw; it has no fork and join."""
    import ciw

    names = [one.id for one in network.stations]
    size = len(names)
    skipped = {call.target: call.probability for call in network.calls}
    routes = [[0.0] * size for _ in names]
    for at in range(size - 1):
        share = skipped[names[at + 1]]
        routes[at][at + 1] = share
        if share < 1:
            routes[at][at + 2] = 1 - share
    none: list[Any] = [None] * (size - 1)
    described = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RPS), *none],
        service_distributions=[
            ciw.dists.Lognormal(mean=float(np.log(one.service.p50_ms / 1000)), sd=0.5)
            for one in network.stations
            if one.service
        ],
        number_of_servers=[one.replicas for one in network.stations],
        routing=routes,
    )

    def run() -> None:
        ciw.seed(1)
        ciw.Simulation(described).simulate_until_max_customers(requests, method="Finish")

    return run


def rounds(name: str, network: Network, count: int) -> list[str]:
    """Measure one form of the network; return the rows of its figures."""
    store = DrawStore()
    size = len(network.stations)
    work: dict[str, tuple[Callable[[], object], float]] = {
        "floor": (lambda: floor(size), 1.0),
        "fresh": (lambda: ours(network), 1.0),
        "what-if": (lambda: ours(network, store), 1.0),
        "SimPy": (in_simpy(network, _SIMPY_REQUESTS), REQUESTS / _SIMPY_REQUESTS),
    }
    if name == "chain" and find_spec("ciw"):
        work["Ciw"] = (in_ciw(network, _CIW_REQUESTS), REQUESTS / _CIW_REQUESTS)
    elif name == "chain":
        print("Ciw is not installed (requirements-dev.txt): skipped.", file=sys.stderr)
    for one, _ in list(work.values())[:3]:
        one()
    taken = [{key: cpu_s(one) * scale for key, (one, scale) in work.items()} for _ in range(count)]
    ms = {key: 1000 * statistics.median(one[key] for one in taken) for key in work}
    rows = [f"| {name} | {key}, ms of CPU | {ms[key]:,.1f} | | |" for key in work]
    for key, goal in (("fresh", 3.0), ("what-if", 2.2)):
        ratio = statistics.median(one[key] / one["floor"] for one in taken)
        rows.append(
            f"| {name} | {key} / floor | {ratio:.2f} | at most {goal:g} | {said(ratio <= goal)} |"
        )
    for key, goal in _GOALS.items():
        if key in work:
            ratio = statistics.median(one[key] / one["fresh"] for one in taken)
            met = said(ratio >= goal)
            rows.append(f"| {name} | {key} / fresh | {ratio:.0f} | at least {goal:g} | {met} |")
    return rows


def said(met: bool) -> str:
    """Return a word for a goal."""
    return "met" if met else "MISSED"


def memory() -> list[str]:
    """Return the rows of what a million requests need, at once and as replications."""
    rows = []
    for requests, replications in ((1_000_000, 1), (100_000, 10)):
        script = _MEMORY.format(requests=requests, replications=replications)
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
        used = float(done.stdout)
        rows.append(
            f"| chain | memory of {replications} × {requests:,} requests, MB over base "
            f"| {used:.0f} | at most {_MOST_MB:g} | {said(used <= _MOST_MB)} |"
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures beside their goals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="of each engine")
    parser.add_argument("--write", type=Path, help="page whose block is replaced")
    options = parser.parse_args(arguments)
    load = machine_load()
    rows = [
        *rounds("chain", chain(), options.rounds),
        *rounds("fork and join", fork_join(), options.rounds),
        *memory(),
    ]
    command = f"python -m benchmarks.load_test_engine --rounds {options.rounds}"
    text = "\n".join(
        [
            f"{REQUESTS:,} requests through ten stations.",
            "",
            "| Network | Figure | Value | Goal | |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"{measured_line(command)} {load}",
        ]
    )
    print(text)
    if options.write:
        replace_block(options.write, "load-test-engine", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
