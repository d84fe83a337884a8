"""What a page of search shows beside what was found: addresses that narrow it, widen it, go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from parley.briefing.wording import day
from parley.search import FACET, PAGE, Found

LABELS = {
    "row": "What",
    "speaker": "Speaker",
    "side": "Side",
    "outlet": "Outlet",
    "act": "Act",
    "kind": "Kind",
    "day": "Day",
}
NEAR = 4  # parts on either side of the one shown


def search_page(found: Found, q: str, chosen: Mapping[str, str], part: int) -> dict[str, Any]:
    """What the template of search is given; `chosen`: facet -> the value that it was narrowed to."""
    parts = max(1, -(-found.total // PAGE))
    near = range(max(1, part - NEAR), min(parts, part + NEAR) + 1)
    return {
        "found": found,
        "q": q,
        "chosen": chosen,
        "kept": {**chosen, "q": q},
        "facets": [
            _facet(name, values, q, chosen) for name, values in found.facets.items() if name not in chosen
        ],
        "narrowed": [
            (
                LABELS[name],
                _label(name, value),
                _address(q, {other: chosen[other] for other in chosen if other != name}),
            )
            for name, value in chosen.items()
        ],
        "part": part,
        "parts": parts,
        "size": PAGE,
        "near": [(one, _address(q, chosen, one)) for one in near],
    }


def _facet(
    name: str, values: tuple[tuple[str, int], ...], q: str, chosen: Mapping[str, str]
) -> tuple[str, list[tuple[str, int, str]], bool]:
    """(label, its values with rows and address, whether there are more)."""
    offered = [
        (_label(name, value), count, _address(q, {**chosen, name: value})) for value, count in values[:FACET]
    ]
    return LABELS[name], offered, len(values) > FACET


def _label(name: str, value: str) -> str:
    """A facet's value in words; a day in the address that is none stays as it was typed."""
    try:
        return day(date.fromisoformat(value)) if name == "day" else value
    except ValueError:
        return value


def _address(q: str, facets: Mapping[str, str], part: int = 1) -> str:
    fields = {**facets, "q": q} if part == 1 else {**facets, "q": q, "part": part}
    return "search.html?" + urlencode(fields)
