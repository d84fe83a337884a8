"""Views: whose accounts count. A view never sees what it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parley.errors import ParleyError
from parley.linking.text import fold
from parley.model import Account

FORMS = "everyone, party:NAME, outlet:NAME, voices:N, without-copies; join them with +"


@dataclass(frozen=True, slots=True)
class View:
    """Whose accounts count; the default is everyone's."""

    party: str = ""
    outlet: str = ""
    voices: int = 1  # at least so many voices say the same
    copies: bool = True  # reports that derive from another count too

    def keeps(self, account: Account) -> bool:
        """Whether an account counts by itself; whether enough voices say the same is asked of all of them."""
        return (
            (not self.party or fold(self.party) == fold(account.side))
            and (not self.outlet or fold(self.outlet) == fold(account.outlet))
            and (self.copies or not account.copy)
        )

    def of(self, accounts: Iterable[Account]) -> list[Account]:
        """The accounts of one subject that count."""
        kept = [account for account in accounts if self.keeps(account)]
        if self.voices < 2:
            return kept
        voices: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for account in kept:
            voices[account.what, account.polarity].add(account.voice)
        return [one for one in kept if len(voices[one.what, one.polarity]) >= self.voices]

    def words(self) -> str:
        """The view as a page's head says it."""
        parts = [f"party {self.party}"] if self.party else []
        parts += [f"outlet {self.outlet}"] if self.outlet else []
        parts += [f"what at least {self.voices} voices say"] if self.voices > 1 else []
        parts += [] if self.copies else ["copies left out"]
        return ", ".join(parts) or "everyone"


EVERYONE = View()


def parse_view(text: str) -> View:
    """The view that "party:NAME+voices:2+without-copies" names. Raises ParleyError that lists the forms."""
    party, outlet, voices, copies = "", "", 1, True
    for part in filter(None, (part.strip() for part in text.split("+"))):
        name, _, value = part.partition(":")
        if name == "party" and value:
            party = value.strip()
        elif name == "outlet" and value:
            outlet = value.strip()
        elif name == "voices" and value.isdecimal() and int(value):
            voices = int(value)
        elif part == "without-copies":
            copies = False
        elif part != "everyone":
            raise ParleyError(f"view {part!r}: is none of {FORMS}")
    return View(party, outlet, voices, copies)
