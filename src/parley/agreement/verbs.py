"""The verb of handing over that governs a count: before it, behind it, or a total that is brought up to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley.agreement.handed import CONDITION, words
from parley.model import Figure
from parley.vocabulary import vocabulary

NEAR = 75  # characters between a verb of handing over and the count behind it
BEHIND = 70  # ... and between the count and the verb behind that
AROUND = 50  # characters around a count in which a word says that it is the count so far
MODALS = frozenset({"to", "will", "would", "shall", "must", "should", "may", "can", "could"})
AUXILIARY = re.compile(r"\s*\b(?:has|have|had|be|been|was|were|also|so far|already|in turn|then|only)\b.*$")
SUBJECT_STARTS = re.compile(r"[,;:“”\"]|\b(?:and|but|that|while|when|after|as|who|which)\b")
PART = re.compile(
    r"(?<!total )\bof\s+(?:the\s+)?$|\b(?:among\s+(?:them|whom)|including|of\s+wh(?:om|ich))\s+$"
)
BATCH = re.compile(r"\b(?:batch|group|load|lot|consignment|shipment|tranche|convoy|total)\s+of\s+$")
PASSIVE = re.compile(r"\b(?:was|were|been|be|being)\s+(?:\w+\s+)?$")
THOSE = re.compile(r"\b(?:the|those|these)\s+$")  # "the freed"
OF_WHOM = re.compile(r"\s*,\s*(?:all|most|some|many|both|none)\s+of\s+wh")  # told of people known from before
FEW = 2  # words between a passive verb and the count that is its object: "was handed back 40 men"
BACK = re.compile(r"\bback\b|fetched|retrieved|recovered", re.I)
RETURNED = re.compile(r"\bback\b|\breturned\b|\brestored\b", re.I)
TO_OWN = re.compile(
    r"\s+(?:its|their|his|her|our)\s+(?:own\s+)?[a-z][\w’'-]*\s+(?:[\w-]+\s+)?$"
)  # "paid its crews 40"
OF_ALL = re.compile(
    r"(?:^|[.:;]\s+)\W*Of\s+(?:the|these|those|all|its)\b[^,]*,\s*(?:[^,]{0,30},\s*)?$"
)  # "Of the cargo shipped, 40 tonnes was"


@dataclass(frozen=True)
class Frame:
    """How a clause tells of a count: which way things go, by which subject."""

    way: str  # gave | got | given | received | came | counted | moved
    subject: str
    done: bool
    perfect: bool = False  # "has freed": so far, unless a day is named
    back: bool = False  # "took back"
    returned: bool = False  # "gave back", "returned"
    let_go: bool = False  # what was kept from somebody was let go, so that goods too go to the other side


def frame_of(before: str, behind: str, figure: Figure) -> Frame | None:
    """How the clause around a count tells of it, if of a handover."""
    return _frame(before, behind, figure) or _moved(before, behind, figure)


def _frame(before: str, behind: str, figure: Figure) -> Frame | None:
    """The verb of handing over that governs a count: before it, behind it, or a count that is brought up to it."""
    if words("counted").search(before):
        return None if words("held").search(before + behind) else Frame("counted", "", True)
    near = behind[:BEHIND]
    if OF_ALL.search(before) or OF_WHOM.match(behind):
        return None
    if PART.search(before) and not BATCH.search(before):
        return _of_whole(near)
    verbs = [
        (m, way)
        for way in ("gave", "give", "got")
        for m in words(way).finditer(before)
        if len(before) - m.end() <= NEAR and _governs(m, before)
    ]
    if verbs:
        return _active(before, *max(verbs, key=lambda pair: pair[0].end()))
    passive = _passive().search(near)
    if passive:
        way = "given" if passive["gave"] else "received"
        lead = near[: passive.start(2)]
        done = not (words("announced").search(lead) or words("not_done").search(before))
        perfect = bool(words("perfect").search(near[: passive.start()]))
        returned, let_go = (bool(shape.search(passive.group())) for shape in (RETURNED, words("let_go")))
        return Frame(way, "", done, perfect, returned=returned, let_go=let_go)
    came = words("came" if figure.unit in CONDITION else "went").search(near)
    if came:
        lead = near[: came.start()]
        done = not (words("announced").search(lead) or words("not_done").search(before + lead))
        return Frame("came", "", done, bool(words("perfect").search(lead)))
    return None


def _governs(verb: re.Match[str], before: str) -> bool:
    """Whether the count is what a verb before it is about, and not one named earlier: "180 were freed and 40 ..."."""
    between = before[verb.end() :]
    lead = before[: verb.start()]
    if TO_OWN.match(between) or re.match(r"\s+by\b", between) or THOSE.search(lead):
        return False
    return not PASSIVE.search(lead) or len(between.split()) <= FEW


def _of_whole(near: str) -> Frame | None:
    """A whole of which a part is told of, where its own words say that it was handed over: "of 450 rifles delivered by"."""
    gave, got = (str(vocabulary("handovers")[key]) for key in ("gave", "got"))
    told = re.match(
        rf"\s*(?:[a-z-]+\s+){{0,2}}?(?:(?:who|that|which)\s+)?(?:(?:had|have|has)\s+)?(?:(?:been|were|was)\s+)?"
        rf"(?:(?P<gave>{gave})|{got})\b",
        near,
        re.I,
    )
    if told:
        return Frame(
            "given" if told["gave"] else "received",
            "",
            True,
            let_go=bool(words("let_go").search(told.group())),
        )
    came = rf"\s*(?:who|that|which)\s+(?:have|has|had|are|were)\b[^,;]{{0,12}}?{words('came').pattern}"
    return Frame("came", "", True) if re.match(came, near) else None


def _moved(before: str, behind: str, figure: Figure) -> Frame | None:
    """How a clause tells that goods went through, so far or on a day, by whosever hands: "has moved 40 tonnes"."""
    if figure.unit not in vocabulary("handovers")["moved_units"] or words("held").search(before + behind):
        return None
    verbs = [m for m in words("moved").finditer(before) if len(before) - m.end() <= NEAR]
    if verbs:
        frame = _active(before, verbs[-1], "moved")
        return frame if frame.done else None
    passive = re.match(
        rf"[^,;]{{0,{BEHIND}}}?\b(?:was|were|been)\s+(?:\w+\s+)?{vocabulary('handovers')['moved']}\b", behind
    )
    if passive and not words("announced").search(passive.group()):
        return Frame("moved", "", True, bool(words("perfect").search(passive.group())))
    return None


def _active(before: str, verb: re.Match[str], way: str) -> Frame:
    """A verb in front of the count, with its subject."""
    clause = SUBJECT_STARTS.split(before[: verb.start()])[-1].strip()
    subject = AUXILIARY.sub("", clause)
    let_go = bool(words("let_go").search(verb.group()))
    if way == "give":
        head = verb.group().split()[0]
        is_noun = head.lower() not in MODALS
        return Frame("gave", f"{subject} {head}" if is_noun else subject, is_noun, let_go=let_go)
    done = not words("not_done").search(before[: verb.start()])
    is_back, returned = (bool(shape.search(before[verb.start() :])) for shape in (BACK, RETURNED))
    perfect = bool(words("perfect").search(clause))
    gave = way == "gave"
    return Frame(way, subject, done, perfect, is_back and way == "got", returned and gave, let_go and gave)


@cache
def _passive() -> re.Pattern[str]:
    gave, got = (str(vocabulary("handovers")[key]) for key in ("gave", "got"))
    return re.compile(rf"\b(was|were|been|be|being)\s+(?:\w+\s+)?((?P<gave>{gave})|{got})\b", re.I)
