"""The only part of Parley that uses the network: one page, from an address that the user named."""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as FetchTimeoutError

from parley.errors import UnreadableError
from parley.settings import Settings

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 65_536  # bytes
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
HEADERS = {"User-Agent": "parley", "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "gzip, identity"}


def fetch(url: str, settings: Settings) -> tuple[bytes, str, str]:
    """The bytes at an address, their content type and the address after redirects.

    Only http(s), no proxies, no retries. Raises UnreadableError with the reason for all but a plain answer.
    """
    deadline = time.monotonic() + settings.fetch_timeout
    for _ in range(MOST_REDIRECTS + 1):
        response = _request(url, settings, deadline)
        try:
            if response.status not in REDIRECTS:
                if response.status != 200:
                    raise UnreadableError(
                        f"the server answered {response.status}; check the address in a browser"
                    )
                return _body(response, settings, deadline), response.headers.get("Content-Type", ""), url
            url = urljoin(url, response.headers.get("Location", ""))
        finally:
            response.close()
    raise UnreadableError(f"it redirects more than {MOST_REDIRECTS} times")


def _request(url: str, settings: Settings, deadline: float) -> urllib3.BaseHTTPResponse:
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
                headers={**HEADERS, "Host": _host_header(host, parts)},
                redirect=False,
                retries=False,
                preload_content=False,
            )
        except NewConnectionError as error:
            refused = error
        except FetchTimeoutError:
            raise UnreadableError(
                f"{host} did not answer within {settings.fetch_timeout:g} seconds"
            ) from None
        except (SSLError, HTTPError) as error:
            raise UnreadableError(f"{host} could not be read: {error}") from None
    raise UnreadableError(f"{host} refused the connection: {refused}")


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
        raise UnreadableError(f"the page did not arrive within {settings.fetch_timeout:g} seconds") from None
    except HTTPError as error:
        raise UnreadableError(f"the page broke off: {error}") from None
    return bytes(body)
