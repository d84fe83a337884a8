"""What a provision needs: "a AND (b OR c)" to groups, any one of which suffices, and back."""

from __future__ import annotations

import re
from itertools import product

Groups = tuple[tuple[str, ...], ...]  # any one of these groups, each of them whole

TOKEN = re.compile(r"\s*(\(|\)|\bAND\b|\bOR\b)\s*")
MOST = 64  # groups; more is no condition that a person wrote


def parse_needs(text: str) -> Groups:
    """The groups of an expression with AND, OR (capitals) and brackets. Raises ValueError that says what is wrong."""
    tokens = [token.strip() for token in TOKEN.split(text) if token.strip()]
    if not tokens:
        return ()
    groups, at = _any(tokens, 0)
    if at < len(tokens):
        raise ValueError(f"{tokens[at]!r} stands where AND, OR or the end should")
    return tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups))


def _any(tokens: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    groups, at = _all(tokens, at)
    while at < len(tokens) and tokens[at] == "OR":
        more, at = _all(tokens, at + 1)
        groups = groups + more
    return groups, at


def _all(tokens: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    groups, at = _one(tokens, at)
    while at < len(tokens) and tokens[at] == "AND":
        more, at = _one(tokens, at + 1)
        if len(groups) * len(more) > MOST:
            raise ValueError(f"it has more than {MOST} ways to be met; split it over several provisions")
        groups = [one + other for one, other in product(groups, more)]
    return groups, at


def _one(tokens: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    if at == len(tokens):
        raise ValueError("it ends where a condition should stand")
    if tokens[at] == "(":
        groups, at = _any(tokens, at + 1)
        if at == len(tokens) or tokens[at] != ")":
            raise ValueError("a bracket is not closed")
        return groups, at + 1
    if tokens[at] in {")", "AND", "OR"}:
        raise ValueError(f"{tokens[at]!r} stands where a condition should")
    return [(tokens[at],)], at + 1


def needs_text(groups: Groups) -> str:
    """The expression that parse_needs reads as these groups."""
    parts = [" AND ".join(group) for group in groups]
    return parts[0] if len(parts) == 1 else " OR ".join(f"({part})" for part in parts)
