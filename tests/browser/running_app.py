"""The app as its users run it: a Streamlit process of its own, over a data folder of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from designs.stage import StageId
from workbench.practice import PracticeView
from workbench.settings import Settings
from workbench.store import Revision
from workbench.workbench import Workbench, open_workbench

ROOT = Path(__file__).parents[2]
_FAULTY_SERVER = Path(__file__).with_name("faulty_server.py")
_PATIENCE_S = 90.0


class RunningApp:
    """One server; it may be killed and started again on the same port and data.

    Args:
        data_dir: Where it keeps its store.
        fault: The name of a fault in `faulty_server.py`, if it is to have one.
    """

    def __init__(self, data_dir: Path, fault: str | None = None) -> None:
        self.data_dir = data_dir
        self._fault = fault
        self._port = _free_port()
        self._log = data_dir.parent / f"{data_dir.name}-{secrets.token_hex(3)}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> str:
        """Everything that the server printed so far, over all its starts."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        if self._process is not None:
            raise RuntimeError("the app runs already")
        faulty = [str(_FAULTY_SERVER), self._fault] if self._fault else ["-m", "streamlit"]
        command = [sys.executable, *faulty, "run", "app.py"]
        command += ["--server.port", str(self._port), "--server.headless", "true"]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
        environ["DRYRUN_DATA_DIR"] = str(self.data_dir)
        environ["PYTHONPATH"] = str(ROOT)
        environ.pop("DRYRUN_DATABASE_URL", None)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
            )
        self._await_health()

    def kill(self) -> None:
        """End the process at once: nothing is flushed, nothing is closed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    @contextmanager
    def workbench(self) -> Iterator[Workbench]:
        """Open the server's data beside it, as the command line does."""
        workbench = open_workbench(Settings(data_dir=self.data_dir))
        with closing(workbench.desk.store):
            yield workbench

    def attempt(self, attempt_id: str) -> PracticeView:
        """Return what the store holds of an attempt."""
        with self.workbench() as workbench:
            return workbench.practice.open(attempt_id)

    def answer(self, attempt_id: str, stage: StageId) -> str:
        return self.attempt(attempt_id).answers[stage].text

    def revisions(self, attempt_id: str, part: str) -> tuple[Revision, ...]:
        with self.workbench() as workbench:
            return workbench.desk.store.revisions(workbench.desk.owner, attempt_id, part)

    def _await_health(self) -> None:
        process, deadline = self._process, time.monotonic() + _PATIENCE_S
        while process is not None and process.poll() is None and time.monotonic() < deadline:
            if _answers(f"{self.url}/_stcore/health"):
                return
            time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"the app did not start; it said:\n{self.log[-4000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
