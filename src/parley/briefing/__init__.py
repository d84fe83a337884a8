"""A record as pages that people read: static, without script, the same bytes for the same record."""

from parley.briefing.write import write_briefing

__all__ = ["write_briefing"]
