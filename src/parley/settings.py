"""One frozen Settings, read once at the edge and passed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What a build may vary. Sizes in bytes, times in seconds."""

    largest_text: int = 5_000_000
    fetch_timeout: float = 20.0
    largest_fetch: int = 10_000_000
    fetch_tries: int = 3  # of a followed source whose server gives no answer
    retry_pause: float = 1.0  # before the second try; twice as long before each further one
    allow_private_addresses: bool = False
    processes: int = 0  # reader processes; 0 means one per core for larger builds
