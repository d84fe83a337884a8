"""All pages in one file that needs no other: the style stands in it, links between pages become links within it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable

MAIN = '<main id="main" tabindex="-1">'
LINK = re.compile(r'href="([\w-]+\.html)?(?:#([^"]*))?"')
NAMED = re.compile(r'\b(id|aria-labelledby|aria-describedby|for)="([^"]*)"')
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*"')
STYLESHEET = '<link rel="stylesheet" href="briefing.css">'
LIST = re.compile(r'<nav aria-label="Pages">.*?</nav>', re.S)


def one_file(pages: Iterable[tuple[str, str]], style: str) -> str:
    """One HTML text of pages, each as (file name, HTML), the first one's head and header before them all.

    Report text is escaped, so that attributes stand only where a template wrote them; ids get their page's name.
    """
    texts = dict(pages)
    first = next(iter(texts))
    head, _, rest = texts[first].partition(MAIN)
    tail = rest.partition("</main>")[2]
    bodies = [
        f'<div class="page" id="{_stem(file)}">\n{_within(_main(html), file)}</div>\n'
        for file, html in texts.items()
    ]
    hashed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    head = POLICY.sub(lambda found: f'{found[1]}{policy}"', head)
    head = head.replace(STYLESHEET, f"<style>{style}</style>")
    head = LIST.sub(lambda found: LINK.sub(_to_page, found[0]), head)
    return head + MAIN + "\n" + "".join(bodies) + "</main>" + tail


def _main(html: str) -> str:
    return html.partition(MAIN)[2].partition("</main>")[0]


def _stem(file: str) -> str:
    return file.removesuffix(".html")


def _within(html: str, file: str) -> str:
    """A page's content with its ids made its own, and links that stay in the file."""

    def named(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{_stem(file)}--{one}" for one in found[2].split())}"'

    def linked(found: re.Match[str]) -> str:
        if found[1] and not found[2]:
            return _to_page(found)
        return f'href="#{_stem(found[1] or file)}--{found[2]}"' if found[2] else found[0]

    return LINK.sub(linked, NAMED.sub(named, html))


def _to_page(found: re.Match[str]) -> str:
    return f'href="#{_stem(found[1])}"' if found[1] else found[0]
