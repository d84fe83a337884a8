"""What people decide about rows: which decisions stand, and a record with them applied."""

from parley.corrections.decisions import ACTIONS, Decisions, decide, in_order
from parley.corrections.make import find_row, make_correction

__all__ = ["ACTIONS", "Decisions", "decide", "find_row", "in_order", "make_correction"]
