"""Pages come from addresses that the user names, and from nowhere else: a real server on the loopback."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import parley.sources.fetch as fetching
from parley.errors import UnreadableError
from parley.model import Article, Unread
from parley.settings import Settings
from parley.sources import collect
from parley.sources.fetch import fetch, is_public

LOCAL = Settings(allow_private_addresses=True, fetch_timeout=5, largest_fetch=50_000)
TEXT = "The delegation of Kesht said on Friday that it would return to the table within days. "
BODY = "".join(f"<p>{number}. {TEXT}</p>" for number in range(5))
PAGE = f"<html><head><title>Talks resume</title></head><body><article>{BODY}</article></body></html>"


@dataclass
class Site:
    """A running server: what it was asked, and the gate that holds its slow answers."""

    server: ThreadingHTTPServer
    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """An address on this server."""
        return f"http://{host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    site: Site

    def do_GET(self) -> None:
        """Record the request and answer it."""
        self.site.asked.append((self.path, dict(self.headers.items())))
        name, _, rest = self.path[1:].partition("?")
        answer: dict[str, Callable[[str], None]] = {
            "to": self._redirect,
            "slow": self._slow,
            "drip": self._drip,
        }
        answer.get(name, self._plain)(rest)

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _plain(self, _: str) -> None:
        pages: dict[str, tuple[str, bytes]] = {
            "/page": ("text/html; charset=utf-8", PAGE.encode()),
            "/text": ("text/plain; charset=iso-8859-5", f"{TEXT}Талма".encode("iso-8859-5")),
            "/large": ("text/html", b"x" * 50_001),
            "/picture": ("image/png", b"\x89PNG"),
            "/untyped.txt": ("application/octet-stream", TEXT.encode()),
            "/short": ("text/plain", TEXT.encode()),
        }
        if self.path == "/packed":
            body = gzip.compress(b"x" * 5_000_000)
            self._send(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body)
        elif self.path == "/short":
            self._send(200, {"Content-Type": "text/plain", "Content-Length": "9999"}, TEXT.encode())
        elif self.path in pages:
            content_type, body = pages[self.path]
            self._send(200, {"Content-Type": content_type}, body)
        else:
            self._send(404, {}, b"gone")

    def _redirect(self, where: str) -> None:
        self._send(302, {"Location": where} if where else {})

    def _slow(self, _: str) -> None:
        self.site.gate.wait(30)

    def _drip(self, _: str) -> None:
        self._send(200, {"Content-Type": "text/plain"})
        try:
            while not self.site.gate.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            pass  # the client has hung up, as it should

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on a free port of the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(server, server.server_address[1])
    server.RequestHandlerClass = type("SiteHandler", (Handler,), {"site": found})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.gate.set()
    server.shutdown()
    thread.join()
    server.server_close()


def refusal(url: str, settings: Settings = LOCAL) -> str:
    """Why an address can't be fetched."""
    with pytest.raises(UnreadableError) as caught:
        fetch(url, settings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_page_comes_with_its_type_and_address(site: Site) -> None:
    """Bytes, content type and final address; the host is named in the request, its port with it."""
    url = site.url("/page?q=1#part").replace("/page?q=1", "/page")
    assert fetch(url, LOCAL) == (PAGE.encode(), "text/html; charset=utf-8", url)
    path, headers = site.asked[0]
    assert path == "/page"
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_article_from_an_address(site: Site) -> None:
    """An address is an input like a file: the text, with the final address as its url."""
    (found,) = collect([site.url("/to?/page")], LOCAL)
    assert isinstance(found, Article)
    assert (found.file, found.url) == (site.url("/to?/page"), site.url("/page"))
    assert found.title == "Talks resume"
    assert TEXT.strip() in found.text


def test_servers_encoding_and_untyped_files_are_understood(site: Site) -> None:
    """The declared encoding is used; bytes without a type go by the address's ending."""
    text, untyped = collect([site.url("/text"), site.url("/untyped.txt")], LOCAL)
    assert isinstance(text, Article)
    assert text.text.endswith("Талма")
    assert isinstance(untyped, Article)


def test_failed_addresses_are_unread_and_the_others_go_on(site: Site) -> None:
    """One bad address costs only itself."""
    urls = [site.url("/gone"), site.url("/picture"), site.url("/page")]
    gone, picture, found = collect(urls, LOCAL)
    assert gone == Unread(urls[0], "the server answered 404; check the address in a browser")
    assert picture == Unread(urls[1], "no reader for image/png files")
    assert isinstance(found, Article)


def test_too_large_is_cut_off_packed_or_not(site: Site) -> None:
    """The limit holds for what arrives and for what it unpacks to."""
    for path in ("/large", "/packed"):
        assert refusal(site.url(path)) == "the page has more than 50,000 bytes; save it and give the file"


def test_silence_and_dripping_both_time_out(site: Site) -> None:
    """A server that says nothing, or a byte now and then, is given up."""
    quick = Settings(allow_private_addresses=True, fetch_timeout=0.3)
    assert refusal(site.url("/slow"), quick) == "127.0.0.1 did not answer within 0.3 seconds"
    assert refusal(site.url("/drip"), quick) == "the page did not arrive within 0.3 seconds"


def test_page_that_breaks_off_is_no_page(site: Site) -> None:
    """Fewer bytes than announced are not taken for the whole."""
    assert refusal(site.url("/short")).startswith("the page broke off")


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    """By number, by name, in odd spellings: the loopback is refused before anything is sent."""
    for host in ("127.0.0.1", "localhost", "2130706433", "127.1"):
        assert "private address" in refusal(site.url("/page", host), Settings())
    assert site.asked == []


def test_redirects_are_followed_five_times_and_no_more(site: Site) -> None:
    """Relative and absolute targets are followed; a loop ends."""
    chain = "/to?" * 5 + "/page"
    assert fetch(site.url(chain), LOCAL)[0] == PAGE.encode()
    assert refusal(site.url("/to?" + chain)) == "it redirects more than 5 times"
    assert refusal(site.url("/to?")) == "it redirects more than 5 times"


def test_each_redirect_is_checked_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that leads to a private address or another scheme leads nowhere.

    127.0.0.1 stands in for the public internet here, which a test can't reach; 127.0.0.2 is private.
    """
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    closed = Settings(fetch_timeout=5)
    assert fetch(site.url("/to?/page"), closed)[0] == PAGE.encode()
    asked = len(site.asked)
    assert "private address" in refusal(site.url(f"/to?{site.url('/page', '127.0.0.2')}"), closed)
    assert "no http or https address" in refusal(site.url("/to?file:///etc/hostname"), closed)
    assert "no http or https address" in refusal(site.url("/to?ftp://127.0.0.1/x"), closed)
    assert [path for path, _ in site.asked[asked:] if not path.startswith("/to")] == []


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between check and connection gains nothing: it is looked up once.

    The name server is the one part that is played: it gives the public address first, the private one later.
    """
    real, answers = socket.getaddrinfo, iter(["127.0.0.1", "127.0.0.2"])

    def rebinding(host: str, *args: Any, **more: Any) -> Any:
        return real(next(answers) if host == "rebind.example" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    assert fetch(site.url("/page", "rebind.example"), Settings(fetch_timeout=5))[0] == PAGE.encode()
    assert site.asked[0][1]["Host"] == f"rebind.example:{site.port}"
    assert next(answers) == "127.0.0.2"


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched is told to nobody but its server."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(site.url("/page"), LOCAL)[0] == PAGE.encode()


def test_secure_pages_name_their_host_and_need_a_proof() -> None:
    """Over TLS the host's name is sent (SNI), and a server that proves nothing is refused."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

        thread = threading.Thread(target=listen)
        thread.start()
        message = refusal(f"https://localhost:{server.getsockname()[1]}/page")
        thread.join()
    assert message.startswith("localhost could not be read")
    assert b"localhost" in heard[0]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_secure_page_is_read_where_the_proof_is_for_its_host(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is held against the host's name, not the address; another name is refused."""
    key, proof = tmp_path / "key.pem", tmp_path / "proof.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(proof)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(proof, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    url = f"https://localhost:{site.port}/page"
    assert "certificate verify failed" in refusal(url)
    monkeypatch.setenv("SSL_CERT_FILE", str(proof))
    assert fetch(url, LOCAL)[0] == PAGE.encode()
    assert "could not be read" in refusal(url.replace("localhost", "127.0.0.1"))


def test_closed_ports_and_unknown_names_are_told(site: Site) -> None:
    """Nobody there, or no such name: the reason says which."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "refused the connection" in refusal(f"http://127.0.0.1:{port}/")
    assert "is not known" in refusal("http://talma.invalid/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://ovrel.example/a",
        "file:///etc/hostname",
        "http://",
        "http:///path",
        "http://[::1/",
        "http://ovrel.example:99999/",
        "http://user:word@ovrel.example/",
        "http://" + "a" * 300 + ".example/",
        "javascript:1",
        "",
    ],
)
def test_addresses_that_are_none_are_refused(url: str) -> None:
    """Other schemes, broken addresses and passwords in them go no further."""
    assert refusal(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3"),
        *("192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1"),
        *("fe80::1", "fe80::1%eth0", "ff0e::1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, loopback, link-local, shared, reserved and multicast addresses, also inside IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    """Ordinary addresses of the internet."""
    assert is_public(address)
