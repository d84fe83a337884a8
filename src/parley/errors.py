"""One tree of errors. A door (the command line, later the web) turns them into one line; nothing else prints."""


class ParleyError(Exception):
    """Something that the user can act on; the message names the file and the next step."""


class SourceError(ParleyError):
    """A source that cannot be used at all: no such folder, a malformed sources.csv, a refused address."""


class UnreadableError(ParleyError):
    """One text that cannot be read; it is listed as unread with this reason and the others go on."""


class StoreError(ParleyError):
    """A record file that is missing, is no record, or is in use."""


class TermsError(ParleyError):
    """A terms file that does not fit its shape; the message names file, row or line, field and the next step."""


class VocabularyError(ParleyError):
    """A vocabulary file that does not fit its shape."""


class CorrectionError(ParleyError):
    """A correction that names no row, or a value that doesn't fit."""


class EnteredError(ParleyError):
    """Something entered by hand, a sheet or a code that does not fit; names file, sheet, row and column where there are any."""


class RedactionError(ParleyError):
    """Something to remove that the record does not hold."""


class ChangedError(StoreError):
    """A record file that another program saved while this one was at work on what it held before."""


class BusyError(UnreadableError):
    """A server that gives no answer for now; asking again later may help."""
