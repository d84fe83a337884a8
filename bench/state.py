"""How fast a record of 10,000 accounts folds, and one account more: python -m bench.state"""

from __future__ import annotations

import random
from datetime import date, timedelta
from time import perf_counter

from parley.agreement.state import TOLD, state, step
from parley.agreement.views import EVERYONE, View
from parley.model import Account

ACCOUNTS = 10_000
STEPS = 200


def accounts(subjects: int, voices: int) -> list[Account]:
    """Accounts over two years, the same at every run."""
    draw = random.Random(7)  # noqa: S311  # no secret
    first = date(2031, 1, 1)
    made = []
    for number in range(ACCOUNTS):
        day = first + timedelta(days=draw.randrange(700))
        voice = f"voice {draw.randrange(voices)}"
        made.append(
            Account(
                f"acc-{number}", f"subject {draw.randrange(subjects)}", draw.choice(sorted(TOLD)), "art", 0, 1, "x",
                voice=voice, outlet=voice, happened=day, reported=day + timedelta(days=draw.randrange(20)),
            )
        )  # fmt: skip
    return made


def main() -> None:
    """Print seconds for the fold and milliseconds for a step, for many subjects and for the worst case of one."""
    for subjects, voices in ((60, 200), (1, 20), (1, ACCOUNTS)):
        given = accounts(subjects, voices)
        for view in (EVERYONE, View(voices=2, copies=False)):
            begun = perf_counter()
            now = state(given[STEPS:], (), (), view, date(2032, 6, 1))
            folded = perf_counter() - begun
            begun = perf_counter()
            for account in given[:STEPS]:
                now = step(now, account)
            stepped = (perf_counter() - begun) / STEPS
            print(
                f"{subjects:4} subjects {voices:6} voices, {view.words()}: "
                f"fold {folded:.3f} s, one more {1000 * stepped:.2f} ms"
            )


if __name__ == "__main__":
    main()
