"""Descriptions: phrases that stand for somebody named: "the minister", "the union's treasurer, Ana Sol", "the army"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from parley.model import Article, Mention
from parley.reader.extents import word_end
from parley.reader.grammar import QUOTES, Token, is_adverb, is_finite, is_time_word, tokenize, words
from parley.reader.heads import kind_of_phrase
from parley.reader.names import roles, strip_genitive
from parley.reader.nouns import is_plural
from parley.reader.sentences import sentences
from parley.vocabulary import vocabulary

MODIFIERS = 6  # words between a determiner and the noun
COMPLEMENT = 9  # words behind a noun that still belong to it: "the head of the political office"
CLAUSE = 12  # words of a clause that tells what somebody does
TIES = frozenset({"of", "for", "in", "from", "on", "at", "to"})

Resolve = Callable[[str, int, int], str]


def with_descriptions(article: Article, mentions: Sequence[Mention], resolve: Resolve) -> tuple[Mention, ...]:
    """The mentions and every other phrase about people, each with whoever it stands for here, in text order."""
    kinds = {mention.name: mention.kind for mention in mentions}
    found = {(mention.start, mention.end): mention for mention in mentions}
    for start, end in sentences(article.text):
        inside = [mention for mention in mentions if start <= mention.start < end]
        for mention in _in_sentence(article, tokenize(article.text, start, end), inside, resolve):
            kind = mention.kind or kinds.get(mention.name) or kind_of_phrase(mention.name)
            found.setdefault((mention.start, mention.end), replace(mention, kind=kind))
    return tuple(sorted(found.values(), key=lambda mention: (mention.start, mention.end)))


def _in_sentence(
    article: Article, tokens: list[Token], mentions: Sequence[Mention], resolve: Resolve
) -> Iterator[Mention]:
    """The descriptions of one sentence, and the names in it with the description that stands beside them."""
    text, names = article.text, [mention for mention in mentions if mention.kind not in {"role", "group"}]
    named = {index: name for name in names for index, token in enumerate(tokens) if token.start == name.start}
    ends = {name.end: name for name in names}
    for head in range(len(tokens)):
        if not _is_head(tokens, head):
            continue
        first = phrase_start(tokens, head)
        if tokens[head].possessive:
            yield from _alone(article, tokens, (first, head), names, resolve)
            continue
        complements = list(_complements(tokens, head, named, ends))
        indefinite = tokens[first].lower in words("indefinite")
        lasts = complements if complements and indefinite else [head, *complements]
        for last in lasts:
            beside = _beside(tokens, (first, head, last), named, ends)
            if beside is not None:
                start, end, name = beside
                yield replace(name, start=start, end=end, text=text[start:end])
                own = tokens[first].start, tokens[last].end
                if last < len(tokens) - 1 and "," in text[own[0] - 2 : own[1] + 1]:
                    yield replace(name, start=own[0], end=own[1], text=text[own[0] : own[1]])
                elif end == name.end and first < head == last:  # spokesman Ana Sol
                    yield replace(name, start=tokens[head].start, text=text[tokens[head].start : end])
        apposed = any(_beside(tokens, (first, head, last), named, ends) for last in lasts)
        for last in lasts if not apposed else ():
            yield from _alone(article, tokens, (first, last), names, resolve)
    yield from _with_clause(text, tokens, ends)
    yield from _with_modifiers(text, tokens, named)
    yield from _with_body(text, tokens, named, ends)


def _is_head(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is the last noun of a phrase about people: "spokesman", and "spokesman's" in "spokesman's desk"."""
    token = tokens[index]
    noun = strip_genitive(token.lower)
    if not (
        {noun, noun.removesuffix("s")} & roles("persons")
        or noun in roles("groups") | roles("crowds")
        or token.text in roles("titles")
    ):
        return False
    if token.possessive:
        return True
    if token.lower in roles("courtesy") | roles("degrees") | vocabulary("roles")["titles_in_full"].keys():
        return _stands_alone(tokens, index)
    if index + 1 < len(tokens) and tokens[index + 1].lower in roles("persons") | roles("groups"):
        return False
    lone = index > 0 and token.text.islower() and tokens[index - 1].lower in words("prepositions")
    before_name = index + 1 < len(tokens) and tokens[index + 1].is_name  # by spokesman Ana Sol
    if lone and not before_name and not is_plural(token.text):  # on board, in front of
        return False
    return not is_finite(token)


def _stands_alone(tokens: Sequence[Token], index: int) -> bool:
    """Whether a title stands for somebody by itself, "the Sheikh", and not before a name: "the Rev. Ben Ro"."""
    named = any(token.is_name for token in tokens[index + 1 : index + 3])
    return index > 0 and tokens[index - 1].lower == "the" and not named


def phrase_start(tokens: Sequence[Token], head: int) -> int:
    """The first token of the noun phrase that ends at `head`: its determiner or owner, else its first modifier."""
    first = head
    while first > 0 and head - first < MODIFIERS:
        token = tokens[first - 1]
        if token.lower == "that" and is_plural(tokens[head].text):
            break
        if token.lower in words("determiners") - words("pronouns"):
            return first - 1
        if not token.is_name and any(one.possessive for one in tokens[first:head]):
            break
        if not token.is_word or token.text in QUOTES or _ends_phrase(token):
            break
        first -= 1
    while first < head and tokens[first].lower.endswith("ing"):
        first += 1
    return first


def _ends_phrase(token: Token) -> bool:
    """Whether a word can be no modifier within a noun phrase."""
    closed = words("prepositions") | words("subordinators") | words("pronouns") | words("openers")
    if token.possessive:
        return False
    return (
        token.lower in closed
        or token.lower in {"and", "or", "but", "&", "not"}
        or is_finite(token)
        or is_adverb(token)
        or is_time_word(token)
    )


def _complements(
    tokens: Sequence[Token], head: int, named: dict[int, Mention], ends: dict[int, Mention]
) -> Iterator[int]:
    """Last tokens of "head of the X": where a name, a noun for people or a comma before a name closes a complement."""
    index = head + 1
    if index >= len(tokens) or tokens[index].lower not in TIES:
        return
    first = phrase_start(tokens, head)
    apposed = first > 1 and tokens[first - 1].text == "," and tokens[first - 2].end in ends
    while index < len(tokens) and index - head <= COMPLEMENT:
        token = tokens[index]
        timed = is_time_word(token) and token.lower not in words("determiners")
        if not token.is_word or is_finite(token) or timed:
            return
        if token.lower in words("subordinators") | {"and", "or"}:
            return
        follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        closes = (
            token.end in ends
            or (token.is_name and not _goes_on(tokens, index))
            or token.lower in roles("groups") | roles("persons")
            or (follows == "," and index + 2 in named)
            or (apposed and index + 1 < len(tokens) and not tokens[index + 1].is_word)
        )
        if closes and not token.possessive and follows not in roles("groups") | roles("persons"):
            yield index
            return
        index += 1


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether the next token belongs to the same capitalised words."""
    return index + 1 < len(tokens) and tokens[index + 1].is_name


def _is_closed(tokens: Sequence[Token], name: Mention, bodily: bool) -> bool:
    """Whether a mark stands behind a name that no word shows to be another's: "the treasurer, Ana Sol, left"."""
    behind = next((token for token in tokens if token.start >= name.end), None)
    kinds = {"unknown", "organisation"} if bodily else {"unknown"}
    return name.kind in kinds and (behind is None or not behind.is_word)


def _says(tokens: Sequence[Token], name: Mention) -> bool:
    """Whether a name opens the clause behind a comma: "having met the mediator, Sol said" tells nobody's office."""
    behind = next((token for token in tokens if token.start >= name.end), None)
    return name.kind == "person" and behind is not None and is_finite(behind)


def _beside(
    tokens: Sequence[Token],
    phrase: tuple[int, int, int],
    named: dict[int, Mention],
    ends: dict[int, Mention],
) -> tuple[int, int, Mention] | None:
    """The stretch of a description together with the name that it stands beside, and that name's mention."""
    first, head, last = phrase
    behind = last + 1
    comma = behind < len(tokens) and tokens[behind].text == ","
    follower = named.get(behind + comma)
    bodily = comma and tokens[head].lower in roles("groups")  # "the union, Ana Sol said" is no apposition
    if (
        follower is not None
        and not (bodily and follower.kind == "person")
        and not (comma and _says(tokens, follower))
        and (follower.kind == "person" or not comma or _is_closed(tokens, follower, bodily))
    ):
        return tokens[first].start, follower.end, follower
    if first >= 2 and tokens[first - 1].text == ",":
        before = ends.get(tokens[first - 2].end)
        closed = behind >= len(tokens) or not tokens[behind].is_word
        body = tokens[head].lower in roles("groups")
        if before is not None and (before.kind == "person") != body and closed:
            return before.start, tokens[last].end, before
    return None


def _alone(
    article: Article,
    tokens: Sequence[Token],
    phrase: tuple[int, int],
    names: Sequence[Mention],
    resolve: Resolve,
) -> Iterator[Mention]:
    """A description by itself, as far as the article says whose it is."""
    start, end = tokens[phrase[0]].start, word_end(tokens[phrase[1]])
    names = [name for name in names if "," not in name.text]  # a name with its description holds others
    if any(name.start < end < name.end or (name.start <= start and end == name.end) for name in names):
        return
    surface = article.text[start:end]
    name = resolve(surface, start, end)
    if name:
        yield Mention(article.id, start, end, surface, name, "")


def _with_modifiers(text: str, tokens: Sequence[Token], named: dict[int, Mention]) -> Iterator[Mention]:
    """Names of bodies with what stands before them: "the army's Southern Command", "the federal Commission"."""
    for index, name in named.items():
        if name.kind in {"person", "place"} or index == 0:
            continue
        first = phrase_start(tokens, index)
        if tokens[index - 1].possessive and tokens[index - 1].is_name:
            first = index - 1  # Lesandra's Relief Council
        elif first == index or tokens[first].lower not in words("determiners") or index - first < 2:
            continue
        if first < index:
            yield replace(name, start=tokens[first].start, text=text[tokens[first].start : name.end])


def _with_clause(text: str, tokens: Sequence[Token], ends: dict[int, Mention]) -> Iterator[Mention]:
    """People with what they do: "Ana Sol, who chairs the union"."""
    for index, token in enumerate(tokens[:-3]):
        person = ends.get(token.end)
        if person is None or person.kind != "person" or tokens[index + 1].text != ",":
            continue
        if tokens[index + 2].lower != "who" or tokens[index + 3].lower not in vocabulary("offices")["doing"]:
            continue
        clause = tokens[index + 3 : index + 3 + CLAUSE]
        last = next((at for at, one in enumerate(clause) if not one.is_word), 0)
        if last > 1:
            yield replace(person, end=clause[last - 1].end, text=text[person.start : clause[last - 1].end])


def _with_body(
    text: str, tokens: Sequence[Token], named: dict[int, Mention], ends: dict[int, Mention]
) -> Iterator[Mention]:
    """People with the body that follows their name: "Ana Sol of the Dockers' Union"."""
    for index, token in enumerate(tokens[:-2]):
        person = ends.get(token.end)
        if person is None or person.kind != "person" or tokens[index + 1].lower not in {"of", "for"}:
            continue
        body = named.get(index + 2 + (tokens[index + 2].lower == "the"))
        if body is not None and body.kind != "person":
            yield replace(person, end=body.end, text=text[person.start : body.end])
