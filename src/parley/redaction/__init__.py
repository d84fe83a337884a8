"""Redaction: words of a person or a text are taken out for good, and known again by a salted hash if they come in again.

A block of the same length stands in the place of removed words, so that offsets hold. What is hashed are folded words
("Mira Oduya's" is found by "mira oduya"), in windows as long as the mark; one with a record's file can test a guess.
"""

from parley.redaction.redactor import Redactor
from parley.redaction.remainder import by_people, is_redacted, remainder, standing_again
from parley.redaction.removal import Removal, count_places, marks_of, removal_of, tombstone_id

__all__ = [
    "Redactor",
    "Removal",
    "by_people",
    "count_places",
    "is_redacted",
    "marks_of",
    "remainder",
    "removal_of",
    "standing_again",
    "tombstone_id",
]
