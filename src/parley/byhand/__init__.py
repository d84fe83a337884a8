"""What people enter beside the reports: notes and statements in their own words, rows of their sheets, codes on any row."""

from parley.byhand.notes import note_article, read_notes, with_notes

__all__ = ["note_article", "read_notes", "with_notes"]
