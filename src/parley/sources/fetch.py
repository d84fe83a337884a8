"""The only part of Parley that uses the network: one page, from an address that the user or their feed named."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as FetchTimeoutError

from parley.errors import BusyError, UnreadableError
from parley.settings import Settings

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (408, 425, 429)  # and all from 500 on: the server may answer later
CHUNK = 65_536  # bytes
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
HEADERS = {"User-Agent": "parley", "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "gzip, identity"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave for an address, after redirects."""

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""  # its Last-Modified header


def fetch(url: str, settings: Settings) -> tuple[bytes, str, str]:
    """The bytes at an address, their content type and the address after redirects.

    Only http(s), no proxies, no retries. Raises UnreadableError with the reason for all but a plain answer.
    """
    answer = plain(ask(url, settings))
    return answer.body, answer.content_type, answer.url


def plain(answer: Answer) -> Answer:
    """The answer if it is a plain one. Raises UnreadableError, and BusyError where asking again may help."""
    if answer.status == 200:
        return answer
    kind = BusyError if answer.status in BUSY or answer.status >= 500 else UnreadableError
    raise kind(f"the server answered {answer.status}; check the address in a browser")


def ask(url: str, settings: Settings, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    """What the server of an address answers, whatever it is; a body only where the status is 200.

    `headers` are sent besides our own. Raises UnreadableError where there is no answer.
    """
    deadline = time.monotonic() + settings.fetch_timeout
    for _ in range(MOST_REDIRECTS + 1):
        response = _request(url, settings, deadline, headers)
        try:
            if response.status not in REDIRECTS:
                got = response.headers
                told = (got.get(name, "") for name in ("Content-Type", "ETag", "Last-Modified"))
                body = _body(response, settings, deadline) if response.status == 200 else b""
                return Answer(url, response.status, body, *told)
            url = urljoin(url, response.headers.get("Location", ""))
        finally:
            response.close()
    raise UnreadableError(f"it redirects more than {MOST_REDIRECTS} times")


def _request(
    url: str, settings: Settings, deadline: float, headers: Mapping[str, str]
) -> urllib3.BaseHTTPResponse:
    """Ask each address of the host in turn, until one lets us connect."""
    parts = _checked(url)
    host, port = _ascii_host(parts), parts.port or PORTS[parts.scheme]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    refused: Exception | None = None
    for address in _addresses(host, port, settings):
        try:
            return _pool(parts.scheme, host, address, port, deadline).urlopen(
                "GET",
                target,
                headers={**HEADERS, **headers, "Host": _host_header(host, parts)},
                redirect=False,
                retries=False,
                preload_content=False,
            )
        except NewConnectionError as error:
            refused = error
        except FetchTimeoutError:
            raise BusyError(f"{host} did not answer within {settings.fetch_timeout:g} seconds") from None
        except (SSLError, HTTPError) as error:
            raise UnreadableError(f"{host} could not be read: {error}") from None
    raise BusyError(f"{host} refused the connection: {refused}")


def _checked(url: str) -> SplitResult:
    """The parts of an address. Raises UnreadableError unless it is http(s) with a host and no password."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UnreadableError(f"{url!r} is no http or https address")
    if parts.username or parts.password:
        raise UnreadableError("the address holds a user name or password; leave them out")
    return parts


def _ascii_host(parts: SplitResult) -> str:
    try:
        return (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise UnreadableError(f"{parts.hostname!r} is no name of a host") from None


def _host_header(host: str, parts: SplitResult) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, PORTS[parts.scheme]) else f"{shown}:{parts.port}"


def _addresses(host: str, port: int, settings: Settings) -> list[str]:
    """The addresses of a host, looked up once: the ones that are checked are the ones connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableError(f"the name {host} is not known ({error}); check the address") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = next((address for address in addresses if not is_public(address)), None)
    if private and not settings.allow_private_addresses:
        raise UnreadableError(
            f"{host} is a private address ({private}); Parley fetches from public ones only unless --allow-private is given"
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, an IPv4 address inside an IPv6 one included."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _pool(scheme: str, host: str, address: str, port: int, deadline: float) -> urllib3.HTTPConnectionPool:
    """A pool that connects to one address and no other, and still proves and names the host."""
    timeout = urllib3.Timeout(max(deadline - time.monotonic(), 0.001))
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=timeout, server_hostname=host, assert_hostname=host
    )


def _body(response: urllib3.BaseHTTPResponse, settings: Settings, deadline: float) -> bytes:
    """The whole body, read piece by piece so that neither its size nor its slowness runs away."""
    limit = settings.largest_fetch
    body = bytearray()
    try:
        while piece := response.read1(CHUNK):
            body += piece
            if len(body) > limit:
                raise UnreadableError(f"the page has more than {limit:,} bytes; save it and give the file")
            if time.monotonic() > deadline:
                raise FetchTimeoutError
    except FetchTimeoutError:
        raise BusyError(f"the page did not arrive within {settings.fetch_timeout:g} seconds") from None
    except HTTPError as error:
        raise BusyError(f"the page broke off: {error}") from None
    return bytes(body)
