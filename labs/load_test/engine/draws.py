"""Random numbers: one stream for every call of the drawing, so that nothing reshuffles the rest.

A stream is named by seed, replication, target, source and what it is for. Two networks that share
a call share its numbers (common random numbers): what differs between two runs is the design.
"""

import hashlib
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.scratch import numbers
from labs.load_test.network import Family, Service

Numbers = NDArray[np.float64]

Z99 = 2.3263478740408408
"""The 99 % quantile of the standard normal distribution."""
_DEFAULT_BYTES = 256_000_000


def words(*names: str) -> tuple[int, ...]:
    """Return names as numbers that are the same on every machine."""
    digest = hashlib.blake2b("\n".join(names).encode("utf-8"), digest_size=16).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))


class DrawStore:
    """Numbers that were drawn, kept so that an edited network is run on the same ones."""

    def __init__(self, max_bytes: int = _DEFAULT_BYTES) -> None:
        self._kept: dict[tuple[object, ...], Numbers] = {}
        self._max_bytes = max_bytes
        self._bytes = 0

    def get(self, key: tuple[object, ...], make: Callable[[], Numbers]) -> Numbers:
        """Return the numbers of a key, made if they are not there; nobody may write to them."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            if self._bytes + found.nbytes <= self._max_bytes:
                self._kept[key] = found
                self._bytes += found.nbytes
        return found


class Draws:
    """The streams of one replication."""

    def __init__(self, seed: int, replication: int, store: DrawStore | None = None) -> None:
        self._seed = seed
        self.replication = replication
        self._store = store

    def service(
        self, stream: tuple[str, ...], service: Service, count: int, *, passing: bool = False
    ) -> Numbers:
        """Return service times in seconds.

        Args:
            stream: Its name.
            service: The distribution.
            count: How many.
            passing: Whether they may be overwritten by the next passing ones.
        """
        if passing and self._store is None and service.family == Family.LOGNORMAL:
            room = numbers("service", count)
            return _lognormal(self.generator(*stream).standard_normal(out=room), service, room)
        if service.family == Family.DETERMINISTIC:
            return np.full(count, service.p50_ms / 1000)

        def make() -> Numbers:
            drawn = self._unit(stream, service.family, count)
            if service.family == Family.EXPONENTIAL:
                return drawn * (service.p50_ms / 1000 / math.log(2))
            return _lognormal(drawn, service, np.empty_like(drawn) if self._store else drawn)

        shape = (service.family.value, service.p50_ms, service.p99_ms)
        return self.kept((*shape, stream, count), make)

    def uniform(self, stream: tuple[str, ...], count: int) -> Numbers:
        """Return numbers in [0, 1)."""
        return self.kept(("uniform", stream, count), lambda: self.generator(*stream).random(count))

    def _unit(self, stream: tuple[str, ...], family: Family, count: int) -> Numbers:
        def make() -> Numbers:
            generator = self.generator(*stream)
            if family == Family.EXPONENTIAL:
                return generator.standard_exponential(count)
            return generator.standard_normal(count)

        return self.kept(("unit", family.value, stream, count), make)

    def kept(self, key: tuple[object, ...], make: Callable[[], Numbers]) -> Numbers:
        """Return numbers from the store, if there is one."""
        if self._store is None:
            return make()
        return self._store.get((self._seed, self.replication, *key), make)

    def generator(self, *names: str) -> np.random.Generator:
        """Return the generator of a stream, at its beginning."""
        sequence = np.random.SeedSequence(self._seed, spawn_key=(self.replication, *words(*names)))
        return np.random.Generator(np.random.SFC64(sequence))


def _lognormal(drawn: Numbers, service: Service, room: Numbers) -> Numbers:
    np.multiply(drawn, math.log(service.p99_ms / service.p50_ms) / Z99, out=room)
    room += math.log(service.p50_ms / 1000)
    return np.exp(room, out=room)


def mean_s(service: Service) -> float:
    """Return the mean of a service time in seconds."""
    if service.family == Family.DETERMINISTIC:
        return service.p50_ms / 1000
    if service.family == Family.EXPONENTIAL:
        return service.p50_ms / 1000 / math.log(2)
    sigma = math.log(service.p99_ms / service.p50_ms) / Z99
    return service.p50_ms / 1000 * math.exp(sigma * sigma / 2)


def p99_s(service: Service) -> float:
    """Return the 99 % quantile of a service time in seconds."""
    if service.family == Family.DETERMINISTIC:
        return service.p50_ms / 1000
    if service.family == Family.EXPONENTIAL:
        return service.p50_ms / 1000 * math.log(100) / math.log(2)
    return service.p99_ms / 1000


def squared_cv(service: Service) -> float:
    """Return the squared coefficient of variation of a service time."""
    if service.family == Family.DETERMINISTIC:
        return 0.0
    if service.family == Family.EXPONENTIAL:
        return 1.0
    sigma = math.log(service.p99_ms / service.p50_ms) / Z99
    return math.exp(sigma * sigma) - 1
