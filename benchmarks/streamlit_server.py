"""A Streamlit process to be measured, over a data folder of its own, on this computer only."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
APP = ROOT / "app.py"
ONE_LINE = Path(__file__).parent / "one_line_app.py"
ONE_BUTTON = Path(__file__).parent / "one_button_app.py"
HELLO = Path(__file__).parent / "hello_app.py"
STREAMLIT = "streamlit"
WITHOUT_FREEZE = "benchmarks.streamlit_without_freeze"
_PATIENCE_S = 90.0
_POLL_S = 0.01


class StreamlitServer:
    """One server; used with `with`, it is started and healthy inside."""

    def __init__(self, script: Path, data_dir: Path, module: str = STREAMLIT) -> None:
        """Prepare a server.

        Args:
            script: What `streamlit run` is given.
            data_dir: The data folder of the app, and of the log.
            module: What Python runs: Streamlit itself, or something that changes it first.
        """
        self.data_dir = data_dir
        self._script = script
        self._module = module
        self._port = _free_port()
        self._log = data_dir / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """Address of the first page."""
        return f"http://{self.host}"

    @property
    def pid(self) -> int:
        """The process id.

        Raises:
            RuntimeError: If it was not started.
        """
        if self._process is None:
            raise RuntimeError("the server was not started")
        return self._process.pid

    def __enter__(self) -> Self:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", self._module, "run", str(self._script)]
        command += ["--server.port", str(self._port), "--server.headless", "true"]
        command += ["--server.address", "127.0.0.1"]
        environ = {
            k: v for k, v in os.environ.items() if not k.startswith(("STREAMLIT_", "DRYRUN_"))
        }
        environ |= {"DRYRUN_DATA_DIR": str(self.data_dir), "PYTHONPATH": str(ROOT)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
            )
        self._await_health(self._process)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            _end(self._process)

    def _await_health(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while process.poll() is None and time.monotonic() < deadline:
            if _answers(f"{self.url}/_stcore/health"):
                return
            time.sleep(_POLL_S)
        _end(process)
        said = self._log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise RuntimeError(f"the server did not start; it said:\n{said}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


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
