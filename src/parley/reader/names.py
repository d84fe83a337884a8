"""Names: people, bodies, states and the roles that stand for people, each with the fullest form its article gives."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parley.model import Mention
from parley.reader.grammar import Token, is_finite_word, tokenize, words
from parley.reader.offices import office_apposed, office_before, office_behind
from parley.reader.runs import Run, roles, runs, strip_genitive
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

__all__ = ["nations", "read_names", "roles", "strip_genitive"]


@cache
def nations() -> dict[str, str]:
    """Adjective or name of every state in the vocabulary -> its name, in lower case."""
    found = {}
    for state, adjectives in vocabulary("nations").items():
        for form in (state, *adjectives):
            found[str(form).lower()] = str(state)
    return found


WHO = re.compile(r",\s+who\b|\s+from\s+[A-Z]")  # what stands behind a caller's name
HEADLINE = 5  # words from which a line written in capitals throughout is a headline
BESIDE = 90  # characters beside a name in which an office is looked for
CAPITALS = 0.8  # share of its words that begin with one


def read_names(text: str, article: str) -> tuple[Mention, ...]:
    """Every name in a text, in order; `name` is the fullest form here, `role` what stands beside it."""
    lines = [span for span in sentences(text) if not _is_headline(text[slice(*span)])]
    found_runs = [run for start, end in lines for run in runs(tokenize(text, start, end))]
    sure = {
        word.lower()
        for run in found_runs
        for word in run.words
        if len(run.words) > 1 or not run.opens_sentence
    }
    found, starts = [], {}
    for run in found_runs:
        lone = run.opens_sentence and len(run.tokens) == 1 and run.words[0].lower() not in sure
        if lone and not (run.words[0].isupper() and WHO.match(text, run.tokens[0].end)):
            continue
        mention = _mention(text, article, run)
        if mention is not None:
            found.append(mention)
            starts[mention.start] = run.tokens[0].start
    full = _fullest(_settle_kinds(found, {m.text for m in found if _speaks(text, m)}))
    titled = [
        replace(mention, start=starts[mention.start], text=text[starts[mention.start] : mention.end])
        for mention in full
        if mention.kind == "person" and starts[mention.start] < mention.start
    ]
    return tuple(sorted([*full, *titled], key=lambda mention: (mention.start, mention.end)))


def _is_headline(line: str) -> bool:
    """Whether capitals say nothing in a line: all of it is in capitals, or nearly every word begins with one."""
    found = [word for word in line.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in found)
    if line.rstrip("\"”’')")[-1:] in ".!?":
        return line.isupper()
    return line.isupper() or (len(found) >= HEADLINE and capitals >= CAPITALS * len(found))


def _mention(text: str, article: str, run: Run) -> Mention | None:
    """The name in a run: leading titles become its role, its kind is read off its words and its neighbours."""
    tokens = list(run.tokens)
    titles = tokens[: _title_length(run)]
    tokens = tokens[len(titles) :]
    while len(tokens) > 1 and tokens[0].text in roles("connectors"):
        tokens.pop(0)
    names = tuple(strip_genitive(token.text) for token in tokens)
    if not tokens or (len(tokens) == 1 and names[0] in roles("titles")):
        return None
    start, end = tokens[0].start, tokens[-1].start + len(names[-1])
    before = _line_before(text, start, run.tokens[0].start)
    behind = text[end : end + BESIDE].partition("\n")[0]
    kind = _kind(names, bool(titles), before, behind)
    role = _role([token.text for token in titles], _line_before(text, run.tokens[0].start), behind)
    return Mention(article, start, end, text[start:end], text[start:end], kind, role, _body_before(before))


def _line_before(text: str, end: int, start: int | None = None) -> str:
    """What stands before an offset in its line, as far as an office beside a name reaches from `start`."""
    return text[max(0, (end if start is None else start) - BESIDE) : end].rpartition("\n")[2]


def _role(titles: list[str], before: str, behind: str) -> str:
    """The title and the office beside a name: "Bishop, mediator"; a title of courtesy where there is no office."""
    named = " ".join(title for title in titles if title.lower() not in nations())
    office = office_before(before) or office_apposed(before) or office_behind(behind)
    if set(named.lower().replace(".", "").split()) <= roles("courtesy") | roles("degrees"):
        return office or named
    return named if set(office.split()) <= set(named.lower().split()) else f"{named}, {office}"


def _title_length(run: Run) -> int:
    """How many words of a run are a title, with what it is for: "Minister of Trade and Labour |Ana Sol"."""
    purposes, small = roles("purposes"), roles("body_connectors") | {"the", "and", "&", ","}
    titles = [
        i
        for i, token in enumerate(run.tokens[:-1])
        if _is_title(token) and not (run.words[i] in purposes and i and run.words[i - 1] in small)
    ]
    if not titles:
        return 0
    length = titles[-1] + 1
    if run.words[length] in small or {run.words[length - 1], run.words[length]} <= purposes:
        while length < len(run.words) and (
            run.words[length] in purposes or run.words[length].lower() in small
        ):
            length += 1
    rest = run.words[length:]
    return 0 if not rest or set(rest) & roles("bodies") else length


def _is_title(token: Token) -> bool:
    """Whether a word is a title: "President", "Col.", "Brigadier-General"."""
    word = token.text.title() if token.text.isupper() else token.text
    return word.rstrip(".") in roles("titles") or all(part in roles("titles") for part in word.split("-"))


def _kind(names: tuple[str, ...], titled: bool, before: str, behind: str) -> str:
    body = bool(set(names) & roles("bodies")) or " ".join(names).lower() in nations()
    if len(names) == 1 and not body and re.match(r",\s+who\b", behind):
        return "person"
    if (titled or office_before(before) or office_apposed(before)) and not body:
        return "person"
    if " ".join(names).lower() in nations():
        return "state"
    if set(names) & roles("states") and not set(names) & roles("purposes"):
        return "state"
    if set(names) & roles("bodies") or (len(names) == 1 and len(names[0]) > 1 and names[0].isupper()):
        return "organisation"
    if re.search(vocabulary("roles")["surely_places"], before):
        return "place"
    return "person" if office_behind(behind) or _acts_alone(names, before, behind) else "unknown"


def _acts_alone(names: tuple[str, ...], before: str, behind: str) -> bool:
    """Whether a full name without an article does what people do: "Ana Sol opened the gate", "Ana Sol, who leads"."""
    if (
        not 2 <= len(names) <= 3
        or set(names) & roles("body_connectors")
        or re.search(r"\b[Tt]he\s+$", before)
    ):
        return False
    if re.match(r",\s+(?:who(?:se)?\b|\d{1,2},)", behind):
        return True
    opens = not before.strip() or before.rstrip()[-1] in '.!?,”"'
    if opens and re.match(r"\s+of\s+the\s+[A-Z]", behind):
        return True
    verb = re.match(r"\s+([a-z]+)", behind)
    does = verb is not None and (is_finite_word(verb.group(1)) or verb.group(1).endswith("ed"))
    return opens and does and verb is not None and verb.group(1) not in words("auxiliaries")


def _body_before(before: str) -> str:
    """The body named before a role: "|Kesht Front| spokesperson", "the |Dockers' Union|'s chief"."""
    match = re.search(r"([A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})\s+(?:[a-z-]+\s+){1,3}$", before)
    return strip_genitive(match.group(1)) if match else ""


def _speaks(text: str, name: Mention) -> bool:
    """Whether a name without an article has a verb behind it that is no auxiliary: "Sol opened", not "the Front opened"."""
    verb = re.compile(r"\s+([a-z]+)").match(text, name.end)
    if re.search(r"\b[Tt]he\s+$", text[max(0, name.start - 5) : name.start]):
        return False
    return verb is not None and is_finite_word(verb.group(1)) and verb.group(1) not in words("auxiliaries")


def _settle_kinds(found: list[Mention], speaking: set[str]) -> list[Mention]:
    """One kind per form: the most telling one among its mentions; a lone last word takes its full name's kind.

    A full name whose last word alone is the subject of a verb is a person's.
    """
    order = ["person", "state", "organisation", "place", "unknown"]
    by_form: dict[str, Counter[str]] = {}
    for mention in found:
        by_form.setdefault(mention.text, Counter())[mention.kind] += 1
    settled: dict[str, str] = {}
    for form, kinds in by_form.items():
        known = [kind for kind in order[:3] if kinds[kind]]
        settled[form] = (
            max(known, key=lambda kind: kinds[kind])
            if known
            else ("place" if kinds["place"] >= kinds["unknown"] else "unknown")
        )
    for form in settled:
        parts = form.split()
        lone = settled.get(parts[-1]) == "unknown" and parts[-1] in speaking
        if settled[form] == "unknown" and lone and 2 <= len(parts) <= 3 and not set(parts) & roles("outlets"):
            settled[form] = settled[parts[-1]] = "person"
    for form in settled:
        if settled[form] in {"unknown", "place"} and _looks_like_person(form, settled):
            settled[form] = "person"
    return [replace(mention, kind=settled[mention.text]) for mention in found]


def _looks_like_person(form: str, settled: dict[str, str]) -> bool:
    """Whether a form is a person's by another form: a full name whose last word is used alone, or that last word."""
    parts = form.split()
    if len(parts) == 1:
        return any(
            kind == "person" and form in {other.split()[0], other.split()[-1]} and other != form
            for other, kind in settled.items()
        )
    return 2 <= len(parts) <= 4 and settled.get(parts[-1]) == "person" and "of" not in parts


def _fullest(found: list[Mention]) -> list[Mention]:
    """Each mention with the fullest form of its name: surname to full name, acronym to its expansion."""
    fullest: dict[str, str] = {}
    forms = [mention.text for mention in found]
    persons = {mention.text for mention in found if mention.kind == "person"}
    for form in dict.fromkeys(forms):
        longer = [
            other
            for other in dict.fromkeys(forms)
            if other != form
            and len(other.split()) > len(form.split())
            and (other in persons) == (form in persons)
            and _stands_for(form, other, form in persons)
        ]
        alone = len(form.split()) == 1 and form not in persons and len(longer) > 1
        nearest = min(
            longer, key=lambda other: (abs(forms.index(other) - forms.index(form)), other), default=form
        )
        fullest[form] = form if alone else nearest
    for one, other in pairwise(found):
        if other.text.isupper() and other.start - one.end <= 3 and _initials(one.text) == other.text.lower():
            fullest[other.text] = one.text
    role: dict[str, str] = {}
    for mention in found:
        name = fullest.get(mention.text, mention.text)
        role.setdefault(name, "")
        role[name] = role[name] or mention.role
    return [
        replace(mention, name=fullest[mention.text], role=mention.role or role[fullest[mention.text]])
        for mention in found
    ]


def _stands_for(form: str, other: str, person: bool) -> bool:
    """Whether a short form is the end (a surname) or, for bodies, the start of a longer one."""
    short, long = form.split(), other.split()
    if person:
        return long[-len(short) :] == short or (len(short) == 1 and short[0] in long)
    return long[-len(short) :] == short and (len(short) > 1 or short[0] in roles("bodies"))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()
