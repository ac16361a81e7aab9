"""What else the machine was doing: a figure measured beside other work is an upper bound."""

import os


def machine_load() -> str:
    """Return a sentence about the load of the last minute; take it before the measurement."""
    try:
        load = os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows keeps no load average
        return "The machine's load was not recorded."
    return f"Load average over the minute before: {load:.1f}."
