"""Names for rows that hold outside of a record: tag: URIs (RFC 4151) of their ids."""

from __future__ import annotations

# No domain is ours to name rows by; `.invalid` (RFC 2606) never will be anybody's. The ids alone tell rows apart.
TAG = "tag:parley.invalid,2026:"


def tag(row: str) -> str:
    """The tag: URI of a row's id."""
    return TAG + row
