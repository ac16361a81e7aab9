"""When requests come in: gaps of a given burstiness, bent to the rate of the moment."""

import math

import numpy as np
from numpy.typing import NDArray

from labs.load_test.engine.draws import Draws
from labs.load_test.network import Arrivals, Traffic

_STREAM = ("arrivals",)
_DAY_POINTS = 288
"""Pieces of one daily wave: five minutes of a day of 24 hours."""


def arrival_times(traffic: Traffic, count: int, draws: Draws) -> NDArray[np.float64]:
    """Return ascending arrival times in seconds.

    Gaps of mean 1 are added up to operational time; the inverse of the cumulative rate turns it
    into seconds. With Poisson gaps this is exactly a Poisson process of that rate.
    """
    key = ("arrivals", *traffic.model_dump().values(), count)
    return draws.kept(key, lambda: _times(traffic, count, draws))


def _times(traffic: Traffic, count: int, draws: Draws) -> NDArray[np.float64]:
    times = np.cumsum(_unit_gaps(traffic.burstiness_cv, count, draws))
    if traffic.profile == Arrivals.CONSTANT or traffic.peak_factor == 1:
        times /= traffic.rps
        return times
    seconds, amounts = cumulative_rate(traffic, float(times[-1]))
    return np.interp(times, amounts, seconds)


def _unit_gaps(cv: float, count: int, draws: Draws) -> NDArray[np.float64]:
    """Return gaps of mean 1: gamma for a variation below 1, a mixture of two rates above."""
    if cv == 0:
        return np.ones(count)
    generator = draws.generator(*_STREAM)
    if cv == 1:
        return generator.standard_exponential(count)
    if cv < 1:
        shape = 1 / cv**2
        return generator.standard_gamma(shape, count) / shape
    share, fast, slow = hyperexponential(cv)
    gaps = generator.standard_exponential(count)
    gaps /= np.where(generator.random(count) < share, fast, slow)
    return gaps


def hyperexponential(cv: float) -> tuple[float, float, float]:
    """Return share and rate of the short gaps and the rate of the long ones (balanced means)."""
    square = cv * cv
    share = (1 + math.sqrt((square - 1) / (square + 1))) / 2
    return share, 2 * share, 2 * (1 - share)


def cumulative_rate(
    traffic: Traffic, amount: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points of the number of requests over time, up to at least an amount.

    A ramp climbs in a straight line and stays at its peak. A day begins at its quietest moment.
    """
    base, top = traffic.rps, traffic.rps * traffic.peak_factor
    begin, length = traffic.peak_from_s, max(traffic.peak_for_s, 1e-9)
    if traffic.profile == Arrivals.SPIKE:
        seconds = [0.0, begin, begin + length]
        amounts = [0.0, base * begin, base * begin + top * length]
        end_rate = base
    elif traffic.profile == Arrivals.RAMP:
        share = np.linspace(0, 1, 201)
        seconds = [0.0, *(begin + share * length)]
        climbed = base * share + (top - base) * share**2 / 2
        amounts = [0.0, *(base * begin + length * climbed)]
        end_rate = top
    else:
        return _days(base, top, length, amount)
    rest = max(amount - amounts[-1], 0.0) + 1.0
    seconds.append(seconds[-1] + rest / end_rate)
    amounts.append(amounts[-1] + rest)
    return np.array(seconds), np.array(amounts)


def _days(
    base: float, top: float, length: float, amount: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    per_day = (base + top) / 2 * length
    days = min(math.ceil(amount / per_day) + 1, 1_000)
    share = np.linspace(0, days, days * _DAY_POINTS + 1)
    wave = share - np.sin(2 * np.pi * share) / (2 * np.pi)
    seconds = share * length
    amounts = length * (base * share + (top - base) / 2 * wave)
    if amounts[-1] < amount:
        seconds = np.append(seconds, seconds[-1] + (amount - amounts[-1]) * 2 / (base + top))
        amounts = np.append(amounts, amount)
    return seconds, amounts


def rate_at(traffic: Traffic) -> tuple[float, float]:
    """Return the lowest and the highest rate of the run, requests a second."""
    if traffic.profile == Arrivals.CONSTANT:
        return traffic.rps, traffic.rps
    return traffic.rps, traffic.rps * traffic.peak_factor
