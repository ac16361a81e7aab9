"""CPU time and memory of another process."""

import platform
import time

import psutil  # type: ignore[import-untyped]

_QUIET_MS = 0.3
"""A server with nothing to do uses less than this ..."""
_QUIET_S = 0.05
"""... in this time."""
_PATIENCE_S = 10.0
_CPUCLOCK_SCHED = 2


class ProcessMeter:
    """Reads what one process has used so far."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        # How Linux names the CPU clock of another process (clock_getcpuclockid(3)).
        self._clock = (~pid << 3) | _CPUCLOCK_SCHED

    def cpu_ms(self) -> float:
        """Return the CPU milliseconds of all its threads, without its child processes.

        To the microsecond on Linux; elsewhere as fine as the system counts.
        """
        if platform.system() == "Linux":
            return time.clock_gettime_ns(self._clock) / 1e6
        times = self._process.cpu_times()
        return float(times.user + times.system) * 1000

    def memory_mb(self) -> float:
        """Return the resident memory."""
        return float(self._process.memory_info().rss) / 1e6

    def settle(self) -> None:
        """Wait until the process has nothing left to do.

        What Streamlit does after a rerun, such as collecting garbage, belongs to that rerun.

        Raises:
            RuntimeError: If it never comes to rest.
        """
        deadline = time.monotonic() + _PATIENCE_S
        before = self.cpu_ms()
        while time.monotonic() < deadline:
            time.sleep(_QUIET_S)
            now = self.cpu_ms()
            if now - before < _QUIET_MS:
                return
            before = now
        raise RuntimeError("the server never came to rest")
