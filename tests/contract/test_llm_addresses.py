"""Who is asked: no forbidden address, nobody that the environment names, with one key or none."""

import ipaddress
import logging
import threading

import pytest
from llm_asking import ANSWER, a_client, an_endpoint, asked
from llm_server import KEY, LlmServer
from pydantic import SecretStr

from rubrics.graders.llm.client import LlmClient
from rubrics.graders.llm.memory import LlmMemory
from rubrics.graders.llm.outcome import LlmState
from rubrics.graders.llm.wire import Question
from workbench.llm.network import SystemOutside


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "begin with https"),
        ("ftp://example.org/v1", "begin with https"),
        ("http://169.254.169.254/v1", "link-local"),
        ("https://[fe80::1]/v1", "link-local"),
        ("https://[::ffff:169.254.169.254]/v1", "link-local"),
        ("https://[64:ff9b::a9fe:a9fe]/v1", "link-local"),
        ("https://100.100.100.200/v1", "link-local"),
        ("https://0.0.0.0/v1", "link-local"),
        ("http://93.184.216.34/v1", "use https"),
        ("https://user:secret@example.org/v1", "user or password"),
        ("https://example.org/v1?key=secret", "leave that out"),
        ("https://example.org:port/v1", "cannot be read"),
        ("https://exa mple.org/v1", "blank"),
        ("", "begin with https"),
    ],
)
def test_addresses_that_are_never_asked(url: str, said: str, server: LlmServer) -> None:
    answer, _ = asked(a_client(server, base_url=url))
    assert answer.state is LlmState.UNAVAILABLE
    assert said in answer.sentence
    assert "secret" not in answer.sentence
    assert answer.figures.requests == 0


def test_a_name_that_stands_for_a_forbidden_address_is_not_connected_to(
    server: LlmServer,
) -> None:
    """The address that was looked at is the one that is used, so a name cannot change between."""
    outside = SystemOutside(lambda _host, _port: [ipaddress.ip_address("169.254.169.254")])
    endpoint = an_endpoint(server, base_url="http://rebinding.example/v1")
    answer = LlmClient(endpoint, outside, LlmMemory()).ask(Question("x", "{}"), threading.Event())
    assert "link-local" in answer.sentence
    good = SystemOutside(lambda _host, _port: [ipaddress.ip_address("127.0.0.1")])
    named = an_endpoint(server, base_url=f"http://named.example:{server.port}/v1")
    assert LlmClient(named, good, LlmMemory()).ask(Question("x", "{}", {}), threading.Event()).is_ok


def test_an_installation_may_name_the_only_servers(server: LlmServer) -> None:
    answer, _ = asked(a_client(server, allowed_hosts=("models.example.org",)))
    assert "may ask" in answer.sentence
    assert server.requests == []


def test_nothing_of_the_environment_reaches_a_request(
    server: LlmServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    foreign = {
        "OPENAI_API_KEY": "sk-foreign",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/foreign",
        "OPENAI_ORG_ID": "org-foreign",
        "OPENAI_PROJECT_ID": "proj-foreign",
        "OPENAI_CUSTOM_HEADERS": "X-Foreign: foreign\nAuthorization: Bearer foreign",
        "OPENAI_LOG": "debug",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }
    for name, value in foreign.items():
        monkeypatch.setenv(name, value)
    answer, _ = asked(a_client(server))
    assert answer.is_ok
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["accept-encoding"] == "identity"
    assert "foreign" not in f"{path} {headers} {body}"
    assert {one for one in headers if one.startswith(("x-", "openai"))} == set()
    assert ANSWER[:40] not in caplog.text
    assert KEY not in caplog.text


def test_without_a_key_none_is_sent(server: LlmServer) -> None:
    asked(a_client(server, api_key=SecretStr("")))
    assert {"authorization", "api-key"}.isdisjoint(server.requests[0][1])


def test_azure_has_its_own_query_and_header(server: LlmServer) -> None:
    answer, _ = asked(a_client(server, api_version="2024-10-21"))
    assert answer.is_ok
    ((path, headers, _),) = server.requests
    assert path == "/v1/chat/completions?api-version=2024-10-21"
    assert headers["api-key"] == KEY
    assert "authorization" not in headers
    azure = an_endpoint(server, base_url="https://me.openai.azure.com/", api_version="2024-10-21")
    assert azure.root == "https://me.openai.azure.com/openai/deployments/made-up"
