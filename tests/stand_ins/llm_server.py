"""A chat completions server on loopback that answers well, or in one of many wrong ways."""

import json
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

Body = dict[str, Any]
Maker = Callable[[Body], str]
"""Makes the text of the model from the request."""


def completion(text: str, **changes: Any) -> Body:
    """Return the body of a reply in OpenAI's form."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, "refusal": None},
        "finish_reason": "stop",
    }
    plain: Body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_780_000_000,
        "model": "made-up",
        "choices": [choice],
        "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000},
    }
    choice |= {key: value for key, value in changes.items() if key in choice}
    return plain | {key: value for key, value in changes.items() if key not in choice}


class LlmServer:
    """What the server does is `mode`, which may be changed between requests."""

    def __init__(self, say: Maker) -> None:
        self.requests: list[tuple[str, dict[str, str], Body]] = []
        """Path with query, headers in lower case, and body of each request."""
        self.seen: Counter[str] = Counter()
        self.begin_again(say)
        self.stopping = threading.Event()
        self.port = 0

    def begin_again(self, say: Maker) -> None:
        """Be as a server that was just started."""
        self.say, self.mode = say, "ok"
        self.requests.clear()
        self.seen.clear()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def handle(self, connection: socket.socket) -> None:
        """Answer one request."""
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            path = stream.readline().decode("latin-1").split(" ")[1]
            headers: dict[str, str] = {}
            while line := stream.readline().decode("latin-1").strip():
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            body = json.loads(stream.read(int(headers.get("content-length", 0))) or b"{}")
            self.requests.append((path, headers, body))
            self.seen[self.mode] += 1
            FAULTS[self.mode](self, connection, body)

    def reply(self, connection: socket.socket, status: str, body: bytes, *lines: str) -> None:
        head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
        if not any(line.lower().startswith("content-type") for line in lines):
            head.append("Content-Type: application/json")
        connection.sendall("\r\n".join([*head, *lines, "", ""]).encode() + body)

    def drip(self, connection: socket.socket, data: bytes) -> None:
        for byte in data:
            if self.stopping.wait(0.05):
                return
            connection.sendall(bytes([byte]))


def stream_body(text: str, reason: str = "stop") -> bytes:
    """Return a reply as server-sent events, a few letters each."""
    pieces = [text[at : at + 12] for at in range(0, len(text), 12)]
    deltas: list[Body] = [{"delta": {"content": one}, "finish_reason": None} for one in pieces]
    deltas.append({"delta": {}, "finish_reason": reason})
    frame = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "made-up"}
    events: list[Body] = [{**frame, "choices": [{"index": 0, **one}]} for one in deltas]
    usage = {"prompt_tokens": 50, "completion_tokens": 20, "total_tokens": 70}
    events.append({**frame, "choices": [], "usage": usage})
    return "".join(f"data: {json.dumps(one)}\n\n" for one in events).encode() + b"data: [DONE]\n\n"


def _ok(server: LlmServer, connection: socket.socket, body: Body) -> None:
    text = server.say(body)
    if body.get("stream"):
        server.reply(connection, "200 OK", stream_body(text), "Content-Type: text/event-stream")
    else:
        server.reply(connection, "200 OK", json.dumps(completion(text)).encode())


def _status(status: str, message: str = "no", code: str = "", *lines: str) -> Any:
    error = {"error": {"message": message, "type": "x", "code": code or None, "param": None}}

    def fault(server: LlmServer, connection: socket.socket, _body: Body) -> None:
        server.reply(connection, status, json.dumps(error).encode(), *lines)

    return fault


def _raw(data: bytes, *lines: str) -> Any:
    return lambda server, connection, _body: server.reply(connection, "200 OK", data, *lines)


def _text(text: str) -> Any:
    return _raw(json.dumps(completion(text)).encode())


def _changed(**changes: Any) -> Any:
    def fault(server: LlmServer, connection: socket.socket, body: Body) -> None:
        found = completion(server.say(body), **changes)
        server.reply(connection, "200 OK", json.dumps(found).encode())

    return fault


def _said(change: Callable[[str], str]) -> Any:
    def fault(server: LlmServer, connection: socket.socket, body: Body) -> None:
        server.reply(
            connection, "200 OK", json.dumps(completion(change(server.say(body)))).encode()
        )

    return fault


def _edited(change: Callable[[list[Body]], Any]) -> Any:
    """Change the judgements of a good reply."""

    def changed(text: str) -> str:
        document = json.loads(text)
        rows = document["judgements"]
        found = change(rows)
        document["judgements"] = rows if found is None else found
        return json.dumps(document)

    return _said(changed)


def _set(**values: Any) -> Any:
    return _edited(lambda rows: rows[0].update(values))


def _hang(server: LlmServer, _connection: socket.socket, _body: Body) -> None:
    server.stopping.wait(20)


def _drip_body(server: LlmServer, connection: socket.socket, body: Body) -> None:
    data = json.dumps(completion(server.say(body))).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    connection.sendall(head.encode())
    server.drip(connection, data)


def _drip_head(server: LlmServer, connection: socket.socket, _body: Body) -> None:
    server.drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 2000)


def _cut(server: LlmServer, connection: socket.socket, _body: Body) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"choices": [')


def _reset(_server: LlmServer, connection: socket.socket, _body: Body) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def _huge(server: LlmServer, connection: socket.socket, _body: Body) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
    with suppress(OSError):
        for _ in range(800):
            connection.sendall(b" " * 65_536)


def _twice_busy(server: LlmServer, connection: socket.socket, body: Body) -> None:
    if server.seen["busy-then-ok"] == 1:
        FAULTS["429"](server, connection, body)
    else:
        _ok(server, connection, body)


def _only(form: str) -> Any:
    """Understand one form of reply only, as some servers do."""

    def fault(server: LlmServer, connection: socket.socket, body: Body) -> None:
        asked = body.get("response_format", {}).get("type", "text")
        if asked == form:
            _ok(server, connection, body)
        else:
            FAULTS["400"](server, connection, body)

    return fault


def _picky(server: LlmServer, connection: socket.socket, body: Body) -> None:
    """Refuse what reasoning models refuse."""
    for field, other in (("max_tokens", "max_completion_tokens"), ("temperature", "")):
        if field in body:
            message = f"Unsupported parameter: '{field}'. Use '{other}' instead."
            _status("400 Bad Request", message)(server, connection, body)
            return
    _ok(server, connection, body)


KEY = "sk-canary-0123456789abcdef"
"""The key of the tests; it must never be seen anywhere but in a request's header."""

FAULTS: dict[str, Callable[[LlmServer, socket.socket, Body], None]] = {
    "ok": _ok,
    "429": _status("429 Too Many", "slow", "", "Retry-After: 0"),
    "429-long": _status("429 Too Many", "slow", "", "Retry-After: 3600"),
    "429-beyond": _status("429 Too Many", "slow", "", "Retry-After: 90"),
    "429-odd": _status("429 Too Many", "slow", "", "Retry-After: nan"),
    "quota": _status("429 Too Many", "spent", "insufficient_quota"),
    "busy-then-ok": _twice_busy,
    "500": _status("500 Oops"),
    "503-html": lambda s, c, _b: s.reply(c, "503 No", b"<html>", "Content-Type: text/html"),
    "400": _status("400 Bad Request", "response_format is not supported"),
    "400-filter": _status("400 Bad Request", "filtered", "content_filter"),
    "400-long": _status("400 Bad Request", "too long", "context_length_exceeded"),
    "404": _status("404 Not Found", "no such model", "model_not_found"),
    "404-html": lambda s, c, _b: s.reply(c, "404 No", b"<html>", "Content-Type: text/html"),
    "401": _status("401 Unauthorized", f"Incorrect API key provided: {KEY}", "invalid_api_key"),
    "403": _status("403 Forbidden"),
    "418": _status("418 Teapot"),
    "hang": _hang,
    "drip-body": _drip_body,
    "drip-head": _drip_head,
    "cut": _cut,
    "reset": _reset,
    "huge": _huge,
    "packed": _raw(b"x" * 20, "Content-Encoding: gzip"),
    "redirect": _status("307 Moved", "there", "", "Location: http://127.0.0.1:9/v1"),
    "redirect-get": _status("302 Moved", "there", "", "Location: http://169.254.169.254/"),
    "no-json": _raw(b"not json at all"),
    "null": _raw(b"null"),
    "html-200": _raw(b"<!doctype html><title>Login</title>", "Content-Type: text/html"),
    "no-choices": _raw(json.dumps(completion("x") | {"choices": []}).encode()),
    "choices-null": _raw(json.dumps(completion("x") | {"choices": None}).encode()),
    "empty": _text("  "),
    "prose": _text("I think that this is a fine answer."),
    "half-json": _said(lambda text: text[: len(text) // 2]),
    "deep-json": _text("[" * 200_000),
    "nan": _said(lambda text: text.replace('"judgements"', '"x": NaN, "judgements"')),
    "twice-key": _said(lambda text: text.replace('"judgements"', '"judgements": [], "judgements"')),
    "fenced": _said(lambda text: f"Here you are:\n```json\n{text}\n```"),
    "thinking": _said(lambda text: f"<think>hm {{}}</think>\n{text}"),
    "bad-verdict": _set(verdict="excellent"),
    "points": _set(points=4),
    "no-reason": _edited(lambda rows: rows[0].pop("reason") and None),
    "four-quotes": _set(quotes=["a b c"] * 4),
    "missing-id": _edited(lambda rows: rows[1:]),
    "extra-id": _edited(lambda rows: [*rows, {**rows[0], "criterion_id": "made-up"}]),
    "twice-id": _edited(lambda rows: [*rows, rows[0]]),
    "other-order": _edited(lambda rows: rows[::-1]),
    "invented": _set(quotes=["a sentence that nobody wrote here"], verdict="met"),
    "length": _changed(finish_reason="length"),
    "filter": _changed(finish_reason="content_filter"),
    "refusal": _changed(message={"role": "assistant", "content": None, "refusal": "No."}),
    "no-usage": _changed(usage=None),
    "odd-usage": _changed(usage={"prompt_tokens": -1, "completion_tokens": "many"}),
    "only-object": _only("json_object"),
    "only-text": _only("text"),
    "picky": _picky,
}


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(say: Maker, port: int = 0) -> Iterator[LlmServer]:
    """Run a server in this process for the length of a block."""
    server = LlmServer(say)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            server.handle(self.request)

    with _Threads(("127.0.0.1", port), Handler) as listening:
        server.port = int(listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            listening.shutdown()
            thread.join()
            time.sleep(0.01)
