"""Names: people, bodies, states and the roles that stand for people, each with the fullest form its article gives."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parley.model import Mention
from parley.reader.grammar import Token, is_finite_word, tokenize, words
from parley.reader.offices import office_apposed, office_before, office_behind, office_words
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
APPOSITION = re.compile(r",\s+(?:an?|the)\s+(?:[\w’'-]+\s+){0,4}?([\w-]+)(?:,|\s+(?:of|for|in|at)\s)")
BESIDE = 90  # characters beside a name in which an office is looked for
OPENING = {"“": "”", '"': '"', "«": "»"}
CAPITALS = 0.8  # share of its words that begin with one


def read_names(text: str, article: str) -> tuple[Mention, ...]:
    """Every name in a text, in order; `name` is the fullest form here, `role` what stands beside it."""
    lines = [span for span in sentences(text) if not _is_headline(text[slice(*span)])]
    whole = (run for start, end in lines for run in runs(tokenize(text, start, end)))
    found_runs = [part for run in whole for part in _without_home(run)]
    sure = {
        word.lower()
        for run in found_runs
        for word in run.words
        if len(run.words) > 1 or not run.opens_sentence
    }
    found, starts = [], {}
    for run in found_runs:
        lone = run.opens_sentence and len(run.tokens) == 1 and run.words[0].lower() not in sure
        lone = lone and not _owns(run) and not _says_alone(text, run)
        if lone and not (run.words[0].isupper() and WHO.match(text, run.tokens[0].end)):
            continue
        mention = _mention(text, article, run)
        if mention is not None:
            found.append(mention)
            starts[mention.start] = run.tokens[0].start
    found = sorted(
        [*found, *(inner for one in found if (inner := _body_within(one)))], key=lambda m: (m.start, -m.end)
    )
    full = _fullest(_settle_kinds(found, {m.text for m in found if _speaks(text, m)}))
    titled = [
        replace(mention, start=starts[mention.start], text=text[starts[mention.start] : mention.end])
        for mention in full
        if mention.kind == "person" and starts[mention.start] < mention.start
    ]
    return tuple(sorted([*full, *titled], key=lambda mention: (mention.start, mention.end)))


def _owns(run: Run) -> bool:
    """Whether a word with a genitive ending that opens a sentence is a name: no noun for people, no day."""
    known = roles("persons") | roles("groups") | roles("crowds") | roles("everybody") | words("days")
    word = run.words[0].lower()
    return run.tokens[0].text.endswith(("'s", "’s")) and not {word, word.removesuffix("s")} & known


def _says_alone(text: str, run: Run) -> bool:
    """Whether a word that opens a sentence is a name by what follows: "Sarn insists that", "KRU had", "Sol, the mayor,"."""
    word = run.words[0].lower()
    if run.words[0].isupper() and len(word) > 1:
        return text[run.tokens[0].end :][:2].strip().islower()
    apposed = APPOSITION.match(text, run.tokens[0].end)
    if apposed and apposed.group(1) in roles("groups") | roles("persons"):
        return True
    verb = re.compile(r"\s+([a-z]+)\s").match(text, run.tokens[0].end)
    if verb is None or not is_finite_word(verb.group(1)) or verb.group(1) in words("auxiliaries"):
        return False
    people = roles("persons") | roles("groups") | roles("crowds") | roles("anyone") | words("texts")
    plain = word.endswith("s") or word in people or word in words("things")
    return not plain and re.search(rf"\b{re.escape(word)}\b", text) is None


def _is_headline(line: str) -> bool:
    """Whether capitals say nothing in a line: all of it is in capitals, or nearly every word begins with one."""
    found = [word for word in line.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in found)
    if _is_signature(line):
        return False
    if line.rstrip("\"”’')")[-1:] in ".!?":
        return line.isupper()
    return line.isupper() or (len(found) >= HEADLINE and capitals >= CAPITALS * len(found))


def _is_signature(line: str) -> bool:
    """Whether a line is a name with its office: "Ana Sol, National President"."""
    _, comma, office = line.rpartition(",")
    found = office.lower().split()
    return (
        bool(comma)
        and ":" not in line
        and bool(set(found) & roles("persons"))
        and not any(map(is_finite_word, found))
    )


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
    if (
        start and text[start - 1] in OPENING and OPENING[text[start - 1]] in text[start:end]
    ):  # a nickname first
        start -= 1
    before = _line_before(text, start, run.tokens[0].start)
    behind = text[end : end + BESIDE].partition("\n")[0]
    kind = _kind(names, bool(titles), before, behind)
    role = _role([token.text for token in titles], _line_before(text, run.tokens[0].start), behind)
    return Mention(article, start, end, text[start:end], text[start:end], kind, role)


def _without_home(run: Run) -> list[Run]:
    """A person's name and the body or place behind it, "Ana Sol |of Veska"; any other run whole."""
    titles = _title_length(run)
    at = next((i for i, word in enumerate(run.words) if i > titles and word in roles("body_connectors")), 0)
    bodily = roles("bodies") | roles("states") | roles("purposes") | roles("outlets")
    if not at or set(run.words[:at]) & bodily or not (titles or at == 2):
        return [run]
    behind = [token for token in run.tokens[at + 1 :] if token.lower != "the"]
    return [Run(run.tokens[:at], run.opens_sentence), Run(tuple(behind), opens_sentence=False)]


def _body_within(name: Mention) -> Mention | None:
    """The body that another belongs to by its name: "Dockers' Union" in "Council of the Dockers' Union"."""
    inner = re.search(r"\s(?:of|for)\s+the\s+(?=[A-Z])", name.text)
    text = name.text[inner.end() :] if inner else ""
    own = text.split()
    if name.kind != "organisation" or len(own) < 2 or own[-1] not in roles("bodies"):
        return None
    return replace(name, start=name.end - len(text), text=text, name=text, role="", affiliation="")


def _line_before(text: str, end: int, start: int | None = None) -> str:
    """What stands before an offset in its line, as far as an office beside a name reaches from `start`."""
    return text[max(0, (end if start is None else start) - BESIDE) : end].rpartition("\n")[2]


def _role(titles: list[str], before: str, behind: str) -> str:
    """The title and the office beside a name: "Bishop, mediator"; a title of courtesy where there is no office."""
    named = " ".join(title for title in titles if title.lower() not in nations())
    office = office_before(before)
    rest = (
        re.sub(r"(?:\b(?:retired|former|veteran)\s+)+$", "", before.rstrip().removesuffix(office))
        if office
        else before
    )
    apposed = "" if _opens_clause(behind) else office_apposed(rest)
    office = ", ".join(filter(None, (office, apposed))) or office_behind(behind)
    if set(named.lower().replace(".", "").split()) <= roles("courtesy") | roles("degrees"):
        return office or named
    return named if set(office.split()) <= set(named.lower().split()) else f"{named}, {office}"


def _opens_clause(behind: str) -> bool:
    """Whether a verb stands right behind a name: "having met the mediator, |Sol| said" tells nothing of Sol."""
    verb = re.match(r"\s+([a-z]+)\b", behind)
    return verb is not None and is_finite_word(verb.group(1))


def _title_length(run: Run) -> int:
    """How many words of a run are a title, with what it is for: "Minister of Trade and Labour |Ana Sol"."""
    purposes, small = roles("purposes"), roles("body_connectors") | {"the", "and", "&", ","}
    titles = [
        i
        for i, token in enumerate(run.tokens[:-1])
        if _is_title(token) and not (run.words[i] in purposes and i and run.words[i - 1] in small)
    ]
    if not titles:
        return 0 if set(run.words) & (roles("bodies") | small) else _office_length(run)
    length = titles[-1] + 1
    if run.words[length] in small or {run.words[length - 1], run.words[length]} <= purposes:
        while length < len(run.words) and (
            run.words[length] in purposes or run.words[length].lower() in small
        ):
            length += 1
    rest = run.words[length:]
    return 0 if not rest or set(rest) & roles("bodies") else length


def _office_length(run: Run) -> int:
    """How many words of a run are an office that is no title: "Trade Envoy |Ana Sol", at a sentence's head "Envoy |Ana Sol"."""
    last = next((i for i, token in enumerate(run.tokens[:-1]) if token.lower in roles("persons")), -1)
    told = (
        all(word.lower() in office_words() for word in run.words[:last]) if last > 0 else run.opens_sentence
    )
    return last + 1 if told and last >= 0 and len(run.tokens) > 2 else 0


def _is_title(token: Token) -> bool:
    """Whether a word is a title: "President", "Col.", "Brigadier-General"."""
    word = token.text.title() if token.text.isupper() else token.text
    return word.rstrip(".") in roles("titles") or all(part in roles("titles") for part in word.split("-"))


def _kind(names: tuple[str, ...], titled: bool, before: str, behind: str) -> str:
    body = (
        bool(set(names) & roles("bodies"))
        or names[-1] in roles("outlets")
        or " ".join(names).lower() in nations()
    )
    if len(names) == 1 and not body and re.match(r",\s+who\b", behind):
        return "person"
    if (titled or office_before(before) or office_apposed(before)) and not body:
        return "person"
    if _is_told_body(before, behind):
        return "organisation"
    if " ".join(names).lower() in nations():
        return "state"
    if set(names) & roles("states") and not set(names) & roles("purposes"):
        return "state"
    if (
        set(names) & roles("bodies")
        or names[-1] in roles("outlets")
        or (len(names) == 1 and len(names[0]) > 1 and names[0].isupper())
    ):
        return "organisation"
    if re.search(vocabulary("roles")["surely_places"], before):
        return "place"
    return "person" if office_behind(behind) or _acts_alone(names, before, behind) else "unknown"


def _is_told_body(before: str, behind: str) -> bool:
    """Whether a noun for a body tells what a name is: "rival group |Free Wings", "a smaller union, |Free Wings, has"."""
    noun = re.search(r"[a-z]\s+([a-z]+)(,?)\s+$", before)
    if noun is None or (noun.group(2) and behind[:1] not in {",", "."}):
        return False
    nouns = roles("institutions") | roles("any_body") | roles("company_words") | roles("union_heads")
    return noun.group(1) in nouns


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
    told = {mention.text for mention in found if mention.kind == "organisation"}
    for mention in found:
        shown = mention.kind != "person" or mention.role or mention.text not in told
        by_form.setdefault(mention.text, Counter())[mention.kind] += bool(shown)
    settled: dict[str, str] = {}
    for form, kinds in by_form.items():
        known = [kind for kind in order[:3] if kinds[kind]]
        settled[form] = (
            max(known, key=lambda kind: kinds[kind])
            if known
            else ("place" if kinds["place"] >= kinds["unknown"] else "unknown")
        )
    heads = [
        form
        for form, kind in settled.items()
        if form in speaking and (kind == "unknown" or (kind == "person" and " " in form))
    ]
    for form in settled:
        parts = form.split()
        short = next((head for head in heads if head != form and _stands_for(head, form, True)), "")
        if (
            settled[form] == "unknown"
            and short
            and 2 <= len(parts) <= 4
            and not set(parts) & roles("outlets")
        ):
            settled[form] = settled[short] = "person"
    for form in settled:
        label = (form.isupper() and form.isalpha()) or ("-" in form and form.isupper())
        if (settled[form] in {"unknown", "place"} or label) and _looks_like_person(form, settled):
            settled[form] = "person"
    return [replace(mention, kind=settled[mention.text]) for mention in found]


def _looks_like_person(form: str, settled: dict[str, str]) -> bool:
    """Whether a form is a person's by another form: a full name whose last word is used alone, or a part of one."""
    parts = form.split()
    if any(
        kind == "person" and len(other.split()) > len(parts) and _stands_for(form, other, True)
        for other, kind in settled.items()
    ):
        return True
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
        short, long = _spelt_alike(form), _spelt_alike(other)
        begins = len(short) > 1 and long[: len(short)] == short
        return begins or long[-len(short) :] == short or (len(short) == 1 and short[0] in long)
    if len(short) == 1 and short[0] in roles("states") | roles("bodies") and long[0] == short[0]:
        return long[1] in roles("body_connectors")
    if long[-len(short) - 1] in roles("body_connectors"):  # the Mission is not its head
        return False
    return long[-len(short) :] == short and (len(short) > 1 or short[0] in roles("bodies"))


def _spelt_alike(name: str) -> list[str]:
    """The words of a person's name in small letters, without the marks of a nickname."""
    return re.sub(r"[“”\"«»]", "", name).lower().split()


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()
