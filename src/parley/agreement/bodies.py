"""Bodies: which names of a record are organs, people or shorter names of which body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from parley.linking.organs import OWNED
from parley.linking.places import THE_CAPITAL
from parley.linking.text import fold
from parley.model import Actor, Article, Mention
from parley.reader.names import roles
from parley.vocabulary import vocabulary

LEAST_OWNER = 4  # mentions of a name from which other names that hold it count as its own
LEAST_WORD = 4  # letters of a word that stands for a body by itself
WORD = re.compile(r"\w{4,}")
NO_PERSONS = frozenset({"organisation", "state", "group", "unknown"})
OF_THE = re.compile(r"\s+of\s+(?:the\s+)?")
POSSESSIVE = re.compile(r"[’']s?\s+(?:[a-z][\w-]*\s+){0,2}")
THEIRS = re.compile(r"\b(?:its|their)\s+(?:[\w-]+\s+){0,3}$", re.I)
CLOSE = 30  # characters between two names that may be one body's and its organ's
NEXT = 4  # names behind one that are looked at: names lie inside names
LEADS = 80  # characters before a name in which a pronoun says whose person it is
KEPT = 16_384  # texts whose capitals are kept, since every later build asks again
SENTENCE_ENDS = re.compile(r"[.!?][”\"’']?\s|\n")
Places = Mapping[str, Sequence[tuple[int, int, str]]]  # article -> (start, end, body id) of each name in it


def may_be_party(actors: Sequence[Actor]) -> list[Actor]:
    """The bodies that can be parties: no third party's name or people, no person's men, no count of several."""
    people = {actor.name for actor in actors if _is_person(actor)}
    between = _between(actors)
    several = {str(word) for word in vocabulary("deeds")["counting"]} | set(
        vocabulary("handovers")["several"]
    )
    thirds = set(vocabulary("handovers")["thirds"])
    found = []
    for actor in actors:
        named = re.findall(r"\w+", fold(actor.name))
        barred = set(named) & thirds or set(named[:1]) & several or actor.id in between
        if (
            (actor.kind in NO_PERSONS or _has_capital(actor))
            and not barred
            and re.split(r"[’']s?\s", actor.name)[0] not in people - {actor.name}
        ):
            found.append(actor)
    return found


def _has_capital(actor: Actor) -> bool:
    """Whether a report names a capital as an actor's, which is then a state though another reads it as a person's name."""
    return any(merge.why == THE_CAPITAL for merge in actor.merges)


def _is_person(actor: Actor) -> bool:
    """Whether an actor is a person, and no state that is read as one."""
    return actor.kind == "person" and not _has_capital(actor)


def _between(actors: Sequence[Actor]) -> set[str]:
    """Ids of the bodies most of whose people, by how often they are named, mediate or watch."""
    share: Counter[str] = Counter()
    for actor in actors:
        if actor.affiliation and actor.kind in {"person", "role"}:
            share[actor.affiliation] += len(actor.mentions) * (1 if is_third(actor) else -1)
    return {body for body, more in share.items() if more > 0}


def owned(bodies: Sequence[Actor], articles: Sequence[Article], here: Places) -> dict[str, str]:
    """Body id -> name of the body that it is an organ or a shorter name of, else its own."""
    datelines = {fold(article.dateline) for article in articles}
    holders: dict[str, list[Actor]] = defaultdict(list)
    for body in bodies:
        if len(body.mentions) >= LEAST_OWNER and not _is_organ(body) and fold(body.name) not in datelines:
            for word in own_words(body.name):
                holders[word].append(body)
    known = {body.id: body for body in bodies}
    beside = _beside(articles, here)
    owner: dict[str, str] = {}
    for body in bodies:
        votes = Counter(one for one in beside[body.id].elements() if _fits(known[one], body))
        forms = [mention.text for mention in body.mentions] if _is_organ(body) else []
        for form in (body.name, *forms):
            votes.update(one.id for one in _held(body, form, holders))
        if not votes and fold(body.name) not in datelines:
            votes.update(one.id for one in _fuller(body, holders))
        if body.affiliation in known and _is_organ(body):
            votes = Counter([body.affiliation])
        best = max(votes, key=lambda one: (votes[one], len(known[one].mentions), one), default=body.id)
        owner[body.id] = best
    return {body.id: known[_last(body.id, owner)].name for body in bodies}


def _last(body: str, owner: Mapping[str, str]) -> str:
    """The owner of the owner, where that is another again; two that own each other are the first of them."""
    seen = [body]
    while owner[seen[-1]] not in seen:
        seen.append(owner[seen[-1]])
    return seen[-1] if owner[seen[-1]] == seen[-1] else min(seen[seen.index(owner[seen[-1]]) :])


def _fits(owner: Actor, body: Actor) -> bool:
    """Whether a body can be an organ of another: of no kind of its own, or of the same."""
    of_any = "|".join(vocabulary("handovers")["of_any_kind"])
    kind = kinds_in(re.sub(rf"\b(?:{of_any})\b", "", fold(body.name)))[:1]
    return owner.id != body.id and (kind in ((), ("state",)) or kind == kinds_in(owner.name)[:1])


def _held(body: Actor, form: str, holders: Mapping[str, Sequence[Actor]]) -> Iterator[Actor]:
    """The bodies all of whose own words stand in a form of another's name: the owners of "the Torian foreign ministry"."""
    found = set(re.findall(r"\w+", fold(form)))
    near = {one.id: one for word in sorted(found) for one in holders.get(word, ())}
    for one in near.values():
        words = bare_words(one.name)
        if (
            _fits(one, body)
            and all(found & set(own_words(word)) for word in words)
            and len(words) < len(found)
        ):
            yield one


def _fuller(body: Actor, holders: Mapping[str, Sequence[Actor]]) -> Iterator[Actor]:
    """The bodies whose names hold all the words of a shorter one: the Ridge Front, where "Ridge" is named."""
    words = bare_words(body.name)
    if words and body.name[:1].isupper() and not _is_organ(body):
        for one in holders.get(words[0], ()):
            if one.id != body.id and set(words) < set(re.findall(r"\w+", fold(one.name))):
                yield one


def places(bodies: Sequence[Actor], articles: Sequence[Article]) -> Places:
    """Where each article names a body, in order; names of one word also where they open a sentence."""
    found: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
    for body in bodies:
        for mention in body.mentions:
            found[mention.article].add((mention.start, mention.end, body.id))
    single = {
        form: body.id
        for body in bodies
        if len(body.mentions) >= LEAST_OWNER and WORD.fullmatch(body.name)
        for form in own_words(body.name)
    }
    for article in articles:
        for word, start, end in _capitals(article.text):
            if word in single:
                found[article.id].add((start, end, single[word]))
    return {article: sorted(here) for article, here in found.items()}


@lru_cache(maxsize=KEPT)
def _capitals(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every word of a text with a capital, folded, and where it stands."""
    return tuple((fold(m.group()), *m.span()) for m in WORD.finditer(text) if m.group()[0].isupper())


def _beside(articles: Sequence[Article], here: Places) -> dict[str, Counter[str]]:
    """Body id -> the bodies that reports name as its owner: "Local 9 of the Dockers' Union", "Toria's Border Guard"."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for one, other, between in neighbours(article, here.get(article.id, ())):
            if OF_THE.fullmatch(between):
                found[one][other] += 1
            elif POSSESSIVE.fullmatch(between) and not set(between.split()) & roles("relays"):
                found[other][one] += 1
    return found


def neighbours(article: Article, here: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str, str]]:
    """Each body with the next ones close behind it, and the words between."""
    for place, (_, end, one) in enumerate(here):
        for start, _, other in here[place + 1 : place + 1 + NEXT]:
            if end <= start <= end + CLOSE:
                yield one, other, article.text[end:start]


def people(
    actors: Sequence[Actor], heads: Mapping[str, str], articles: Sequence[Article], here: Places
) -> dict[str, str]:
    """Person id -> the body that its own sentence ties it to: "Toria insists: its minister, Ana Sol, said"."""
    texts = {article.id: article.text for article in articles}
    found = {}
    for person in actors:
        votes: Counter[str] = Counter()
        for mention in person.mentions if _is_person(person) else ():
            votes.update(heads[one] for one in _named_before(mention, texts.get(mention.article, ""), here))
        ranked = votes.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            found[person.id] = ranked[0][0]
    return found


def _named_before(mention: Mention, text: str, here: Places) -> Iterator[str]:
    """The last body that a sentence names before "its minister, Ana Sol"."""
    lead = text[max(0, mention.start - LEADS) : mention.start]
    theirs = THEIRS.search(re.sub(r",?\s*$", " ", lead))
    if not theirs:
        return
    at = mention.start - len(lead) + theirs.start()
    before = [(end, one) for start, end, one in here.get(mention.article, ()) if end <= at]
    if before and not SENTENCE_ENDS.search(text[before[-1][0] : at]):
        yield before[-1][1]


def pooled(actors: Sequence[Actor], bodies: Sequence[Actor], heads: Mapping[str, str]) -> dict[str, str]:
    """Heads in which all organs of one kind, and the people of that kind, count with the best known of them."""
    made = dict(heads)
    for kind in vocabulary("handovers")["sides"]:
        organs = [body for body in bodies if heads[body.id] == body.name and kind in kinds_in(body.name)[:1]]
        chief = max(organs, key=_standing, default=None)
        if chief and len({bare_words(organ.name) for organ in organs if _governs(organ)}) < 2:
            joined = {organ.name for organ in organs}
            made |= {body: chief.name for body, head in heads.items() if head in joined}
            made |= {
                actor.id: chief.name
                for actor in actors
                if actor.kind in {"person", "role"}
                and not (actor.affiliation or is_third(actor))
                and kind in kinds_in(" ".join((actor.role, *actor.surfaces)))[:1]
            }
    return made


def ruling(actors: Sequence[Actor], heads: Mapping[str, str]) -> set[str]:
    """Names of the bodies to which reports give a ministry, a government or a minister: states, though none says so."""
    found = set()
    organs = set(vocabulary("handovers")["of_states"])
    for actor in actors:
        head = heads.get(actor.id, actor.name)
        if head != actor.name and kinds_in(head)[:1] in ((), ("state",)):
            words = {
                word for form in (actor.name, *actor.surfaces) for word in re.findall(r"\w+", fold(form))
            }
            found |= {head} if words & organs else set()
    return found


def _governs(actor: Actor) -> bool:
    """Whether a body is a government with a name of its own; two such are two sides, of one kind as they are."""
    return "government" in fold(actor.name) and bool(bare_words(actor.name))


def _standing(actor: Actor) -> tuple[bool, bool, bool, int, int, str]:
    """What makes a body the head of its kind: it is nobody's, a government, has a name of its own, is named often."""
    own = not OWNED.search(actor.name)
    is_government = "government" in fold(actor.name)
    return own, is_government, actor.name[:1].isupper(), len(actor.mentions), -len(actor.name), actor.name


@lru_cache(maxsize=100_000)
def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of side that a name or phrase shows."""
    found = re.findall(r"\w+", fold(text))
    sides = vocabulary("handovers")["sides"]
    return tuple(kind for kind, named in sides.items() if not set(named).isdisjoint(found))


def _is_organ(actor: Actor) -> bool:
    """Whether a name is that of an organ: a ministry, an army, a staff."""
    return kinds_in(actor.name)[:1] in (("state",), ("workers",)) and actor.kind != "state"


def is_third(actor: Actor) -> bool:
    """Whether a person's role stands between the parties: an envoy, a mediator, an observer."""
    shown = set(re.findall(r"\w+", fold(" ".join((actor.role, *actor.surfaces)))))
    return bool(shown & set(vocabulary("handovers")["third_roles"]))


@lru_cache(maxsize=100_000)
def bare_words(form: str) -> tuple[str, ...]:
    """The folded words of a name that stand for it alone."""
    general = {word.lower() for word in roles("bodies") | roles("states")} | set(
        vocabulary("handovers")["general"]
    )
    found = [word for word in re.findall(r"\w+", form) if word[:1].isupper() and word.lower() not in general]
    return tuple(fold(word) for word in found if len(word) >= LEAST_WORD)


@lru_cache(maxsize=100_000)
def own_words(form: str) -> tuple[str, ...]:
    """The words of a name that stand for it alone, with its adjectives."""
    own = bare_words(form)
    return (*own, *(word + ending for word in own for ending in (*roles("adjectival"), "s", "ns")))
