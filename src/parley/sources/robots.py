"""robots.txt (RFC 9309): what a site lets us fetch, asked once a site and round."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from parley.errors import UnreadableError
from parley.settings import Settings
from parley.sources.fetch import HEADERS, ask

NAME = HEADERS["User-Agent"]
FORBIDDEN = ["User-agent: *", "Disallow: /"]
LONGEST_PAUSE = 30.0  # seconds that a site can make us wait between two pages


class Robots:
    """The rules of the sites that were asked so far."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rules: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> None:
        """Raises UnreadableError if the site's robots.txt keeps us from an address."""
        if not self._of(url).can_fetch(NAME, url):
            raise UnreadableError("its robots.txt asks not to fetch it; save the page and give the file")

    def pause(self, url: str) -> float:
        """Seconds that the site asks to wait between two pages."""
        return min(float(self._of(url).crawl_delay(NAME) or 0), LONGEST_PAUSE)

    def _of(self, url: str) -> RobotFileParser:
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self._rules:
            self._rules[site] = _read(f"{site}/robots.txt", self._settings)
        return self._rules[site]


def _read(url: str, settings: Settings) -> RobotFileParser:
    """A site's rules: none if it has no such file, everything forbidden if it can't or won't say."""
    answer = ask(url, settings)
    lines = FORBIDDEN if answer.status in {401, 403} or answer.status >= 500 else []
    if answer.status == 200:
        lines = answer.body.decode("utf-8", "replace").splitlines()
    rules = RobotFileParser(url)
    rules.parse(lines)
    return rules
