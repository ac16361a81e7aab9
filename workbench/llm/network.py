"""The network of a call: one host, a wall-clock deadline, a size cap, no detours.

Deadline and cancellation are looked at between any two pieces of data, whatever they belong to,
so that a server that sends one byte every half second, in its headers or its body, ends as any
other. Names are resolved here and the checked address is the one that is connected to.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from typing import Any

import httpcore2
import httpx2

from rubrics.graders.llm.endpoint import Endpoint, EndpointError, IpAddress, check_addresses
from rubrics.graders.llm.outcome import CallEndedError, LlmState
from rubrics.graders.llm.outside import Limits

_SLICE_S = 0.1
"""How long a cancelled call may go on waiting for data."""
_CONNECT_S = 5.0
_HEADERS = frozenset({"host", "content-type", "content-length", "accept", "user-agent"})
"""What of the package's own headers is sent; its environment may have added others."""

Resolve = Callable[[str, int], list[IpAddress]]


class SystemOutside:
    """The real clock and network."""

    def __init__(self, resolve: Resolve | None = None) -> None:
        self._resolve = resolve or system_resolve

    def clock(self) -> float:
        """See `Outside.clock`."""
        return time.monotonic()

    def wait(self, seconds: float, cancel: threading.Event) -> None:
        """See `Outside.wait`."""
        cancel.wait(seconds)

    def http_client(self, endpoint: Endpoint, limits: Limits) -> httpx2.Client:
        """See `Outside.http_client`."""
        backend = _Backend(endpoint, limits, self._resolve)
        return httpx2.Client(
            transport=_Transport(endpoint, backend), follow_redirects=False, trust_env=False
        )


def system_resolve(host: str, port: int) -> list[IpAddress]:
    """Return the addresses of a name.

    Raises:
        OSError: If it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(one[4][0]) for one in found))


class _Guard:
    """Raises once a call has gone on for too long, too far or for nobody."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._read = 0

    def left(self) -> float:
        """Return the seconds that are left."""
        if self._limits.is_cancelled():
            raise CallEndedError(LlmState.CANCELLED)
        seconds = self._limits.deadline - time.monotonic()
        if seconds <= 0:
            raise CallEndedError(LlmState.TIMEOUT)
        return seconds

    def count(self, data: bytes) -> None:
        """Count what was read."""
        self._read += len(data)
        if self._read > self._limits.most_bytes:
            raise CallEndedError(
                LlmState.BAD_OUTPUT,
                "The server's reply is far longer than an answer can be; check the address.",
            )


class _Stream(httpcore2.NetworkStream):
    """A connection under guard."""

    def __init__(self, inner: httpcore2.NetworkStream, guard: _Guard) -> None:
        self._inner = inner
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            left = self._guard.left()
            with suppress(httpcore2.ReadTimeout):
                data = self._inner.read(max_bytes, min(_SLICE_S, left))
                self._guard.count(data)
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        seconds = min(_CONNECT_S, self._guard.left())
        secured = self._inner.start_tls(ssl_context, server_hostname, seconds)
        return _Stream(secured, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connects to the endpoint's own host, at an address that was looked at."""

    def __init__(self, endpoint: Endpoint, limits: Limits, resolve: Resolve) -> None:
        self._endpoint = endpoint
        self._guard = _Guard(limits)
        self._resolve = resolve
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        if host.strip("[]") != self._endpoint.host:
            raise EndpointError("The request was about to go to another host; nothing was sent.")
        addresses = self._addresses(host.strip("[]"), port)
        check_addresses(addresses, self._endpoint.url.scheme)
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                seconds = min(_CONNECT_S, self._guard.left())
                stream = self._inner.connect_tcp(str(address), port, seconds)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if not last:
                    self._guard.left()  # says so if it was the deadline that ended
                    raise
            else:
                return _Stream(stream, self._guard)
        raise httpcore2.ConnectError("no address")

    def _addresses(self, host: str, port: int) -> list[IpAddress]:
        """Ask for the addresses in a thread of its own: the system's resolver has no deadline."""
        found: list[IpAddress] = []
        done = threading.Event()

        def look() -> None:
            with suppress(OSError, UnicodeError):
                found.extend(self._resolve(host, port))
            done.set()

        threading.Thread(target=look, name="dryrun-llm-name", daemon=True).start()
        until = time.monotonic() + min(_CONNECT_S, self._guard.left())
        while not done.wait(_SLICE_S) and time.monotonic() < until:
            self._guard.left()
        if not done.is_set() or not found:
            raise CallEndedError(
                LlmState.UNAVAILABLE,
                "The server's name is not known to the network; check the address and that you "
                "are online.",
                may_retry=False,
                for_all=True,
            )
        return found


class _Body(httpx2.SyncByteStream):
    """The body of a reply, as it comes."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        self._inner.close()


class _Transport(httpx2.BaseTransport):
    """Sends a request with the headers that are meant, and no others."""

    def __init__(self, endpoint: Endpoint, backend: _Backend) -> None:
        self._endpoint = endpoint
        context = httpx2.create_ssl_context() if endpoint.url.scheme == "https" else None
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context, network_backend=backend, max_connections=1
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        reply = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=self._headers(request),
                content=request.stream,
                extensions={},
            )
        )
        headers = httpx2.Headers(reply.headers)
        if headers.get("content-encoding", "identity").lower() != "identity":
            with closing(reply):
                # It was not asked for, and a small packed reply may be a huge one.
                raise CallEndedError(
                    LlmState.BAD_OUTPUT,
                    "The server packs its reply although it was asked not to; check the address.",
                )
        return httpx2.Response(
            reply.status, headers=headers, stream=_Body(reply.stream), extensions=reply.extensions
        )

    def _headers(self, request: httpx2.Request) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in request.headers.items() if name in _HEADERS]
        return [*kept, ("accept-encoding", "identity"), *self._endpoint.headers().items()]

    def close(self) -> None:
        self._pool.close()
