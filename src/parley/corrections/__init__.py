"""What people decide about rows: which decisions stand, and a record with them applied."""

from parley.corrections.decisions import ACTIONS, Decisions, decide, in_order
from parley.corrections.make import make_correction

__all__ = ["ACTIONS", "Decisions", "decide", "in_order", "make_correction"]
