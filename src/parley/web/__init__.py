"""The live door: the same pages on this machine's loopback, with search, whose account and days in the address."""

from parley.web.app import make_app
from parley.web.desk import Desk

__all__ = ["Desk", "make_app"]
