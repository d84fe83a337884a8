"""A record in the forms that other programs read."""

from parley.export.json import as_json

__all__ = ["as_json"]
