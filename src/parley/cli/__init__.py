"""The command line: thin; the only place that prints, and the one handler of errors at this door.

Exit codes: 0 done; 1 the input or the record cannot be used, or verify found a problem; 2 the command was misspelt.
"""

# Each module adds its commands to the group.
from parley.cli import (  # noqa: F401
    agreement,
    byhand,
    claims,
    codes,
    correct,
    export,
    ledger,
    record,
    redact,
    serve,
    sitrep,
    stories,
    waits,
    watch,
)
from parley.cli.door import main

__all__ = ["main"]
