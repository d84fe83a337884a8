"""Which language a text is in; Parley reads English only and names the others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parley.errors import UnreadableError
from parley.vocabulary import vocabulary

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
FEWEST_WORDS = 20  # below that the identifier errs on names and abbreviations
SURE = 0.9
SAMPLE = 20_000  # characters


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier with the model that ships with it, limited to languages that can be named."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # short texts and tables need none of it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(identifier.labels) & set(vocabulary("datelines")["languages"])))
    return identifier


def language_of(text: str, told: str = "") -> str:
    """The code of a text's language, as told or as it shows; short or doubtful texts count as English."""
    if told:
        return _code(told)
    if len(text.split()) < FEWEST_WORDS:
        return ENGLISH
    code, probability = _identifier().classify(text[:SAMPLE])
    return str(code) if probability >= SURE else ENGLISH


def _code(told: str) -> str:
    """The code for "en", "en-GB", "EN_us" or "English"."""
    by_name = {name.lower(): code for code, name in vocabulary("datelines")["languages"].items()}
    plain = told.strip().lower()
    return str(by_name.get(plain, plain.replace("_", "-").partition("-")[0]))


def check_english(code: str) -> None:
    """Raises UnreadableError that names the language if it isn't English."""
    if code != ENGLISH:
        name = vocabulary("datelines")["languages"].get(code)
        told = f"{name} ({code})" if name else f"a language that Parley has no name for ({code})"
        raise UnreadableError(f"the text is in {told}; Parley reads English only")
