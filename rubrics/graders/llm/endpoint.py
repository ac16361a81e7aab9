"""Endpoints: where a language model is asked, and which addresses may be asked at all."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr

from designs.content_hash import canonical_json, text_hash
from designs.record import Record

_METADATA = frozenset(
    ipaddress.ip_address(one) for one in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")
)
"""Where clouds hand out credentials to whoever asks from inside."""
MOST_AT_ONCE = 4
"""Calls that one second opinion may have running."""
_AT_ONCE_ELSEWHERE = 2
_AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com")

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class EndpointError(ValueError):
    """An endpoint that must not or cannot be asked; the text says how to mend it."""


class Endpoint(Record):
    """A server that speaks OpenAI's chat completions, and how it is to be asked.

    The key is held in memory only: it is no part of any hash, and a dump shows asterisks.
    """

    base_url: str
    """As documented by the server, for instance `https://api.openai.com/v1`."""
    model: str = Field(min_length=1, max_length=200)
    """The model's name; with Azure that of the deployment."""
    api_key: SecretStr = SecretStr("")
    """Empty for local servers that ask for none."""
    api_version: str = ""
    """Only for Azure's dated interface: sent as `api-version`, with the key as `api-key`."""
    input_price: float | None = Field(default=None, ge=0)
    """What a million input tokens cost, in the user's currency; None is not known."""
    output_price: float | None = Field(default=None, ge=0)
    """What a million output tokens cost, in the user's currency; None is not known."""
    deadline_s: float = Field(default=60, gt=0, le=600)
    """Seconds for one call on the wall clock, with everything that is tried again."""
    output_tokens: int = Field(default=2500, ge=16, le=32_000)
    """The longest reply that is asked for."""
    at_once: int | None = Field(default=None, ge=1, le=MOST_AT_ONCE)
    """Stages that a second opinion asks about side by side; None goes by where the server is."""
    allowed_hosts: tuple[str, ...] = ()
    """Set by whoever runs a shared installation: no other host is asked; empty allows all."""

    @property
    def url(self) -> SplitResult:
        """The address in parts.

        Raises:
            EndpointError: If it is no address that may be asked.
        """
        return _parts(self.base_url.strip())

    @property
    def host(self) -> str:
        """The server's name, as it is shown and allowed."""
        return self.url.hostname or ""

    @property
    def calls_at_once(self) -> int:
        """How many stages a second opinion asks about side by side.

        One by default where the server is on this computer: most of those answer one at a time,
        and what waits for its turn there would wait against its deadline.
        """
        if self.at_once is not None:
            return self.at_once
        try:
            host = self.host
        except EndpointError:
            return 1  # the one call that is tried says what is wrong
        literal = _literal(host)
        is_here = host == "localhost" or (literal is not None and literal.is_loopback)
        return 1 if is_here else _AT_ONCE_ELSEWHERE

    @property
    def is_azure(self) -> bool:
        """Whether the server wants Azure's query and header."""
        return bool(self.api_version)

    @property
    def root(self) -> str:
        """The address below which `/chat/completions` lies."""
        url = self.url
        path = url.path.rstrip("/")
        if self.is_azure and url.hostname and url.hostname.endswith(_AZURE_HOSTS) and not path:
            path = f"/openai/deployments/{self.model}"
        return f"{url.scheme}://{url.netloc}{path}"

    def headers(self) -> dict[str, str]:
        """Return the headers that carry the key; empty without one."""
        key = self.api_key.get_secret_value().strip()
        if not key:
            return {}
        return {"api-key": key} if self.is_azure else {"authorization": f"Bearer {key}"}

    def identity(self) -> str:
        """Return the hash of what decides how answers come about; the key has no part in it."""
        return text_hash(canonical_json([self.base_url.strip(), self.model, self.api_version]))

    def check(self) -> None:
        """Raise if the address cannot be right, without asking anybody.

        Raises:
            EndpointError: In one sentence with the way to mend it.
        """
        url = self.url
        if self.allowed_hosts and self.host not in self.allowed_hosts:
            raise EndpointError(
                f"{self.host} is not among the servers that this installation may ask "
                "(DRYRUN_LLM_HOSTS)."
            )
        key = self.api_key.get_secret_value().strip()
        if not key.isascii() or any(not one.isprintable() or one == " " for one in key):
            raise EndpointError("The key holds a character that no key has; copy it again.")
        literal = _literal(url.hostname or "")
        if literal is not None:
            check_addresses((literal,), url.scheme)


def check_addresses(addresses: Sequence[IpAddress], scheme: str) -> None:
    """Raise if one of the addresses that a name stands for must not be asked.

    Args:
        addresses: What the name resolves to, at the moment of connecting.
        scheme: `http` is for this computer and private networks only, where keys and answers do
            not cross the internet in clear.

    Raises:
        EndpointError: In one sentence with the way to mend it.
    """
    for given in addresses:
        one = _unwrapped(given)
        if one in _METADATA or one.is_link_local or one.is_multicast or one.is_unspecified:
            raise EndpointError(
                "The server's address is link-local or one at which clouds hand out credentials; "
                "nothing is sent there. Enter the address of a model server."
            )
        if one.is_reserved and not one.is_loopback:
            raise EndpointError("The server's address is reserved and belongs to no server.")
        if scheme == "http" and not (one.is_loopback or one.is_private):
            raise EndpointError(
                "Plain http would send key and answers readable through the internet; use https. "
                "Http is for servers on this computer or a private network."
            )


def _unwrapped(address: IpAddress) -> IpAddress:
    """Look through an IPv6 spelling of an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return inner
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _parts(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        _ = url.port  # raises for what is no number
    except ValueError:
        raise EndpointError(
            "The server address cannot be read; it looks like https://api.example.com/v1."
        ) from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise EndpointError(
            "The server address has to begin with https:// (or http:// for a server on this "
            "computer) and to name a host, for instance http://localhost:11434/v1."
        )
    if url.username is not None or url.password is not None:
        raise EndpointError(
            "The server address holds a user or password; put the key in its field."
        )
    if url.query or url.fragment:
        raise EndpointError(
            "The server address ends with ? or #; leave that out (Azure's api-version has a field)."
        )
    if not text.isascii() or any(not one.isprintable() or one.isspace() for one in text):
        raise EndpointError("The server address holds a blank or a character no address has.")
    return url
