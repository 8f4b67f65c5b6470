"""A line told clause by clause: which clauses are deeds, and whose."""

from typing import NamedTuple

from linli.reader.measures import choice, deadlines, frames, leads, status, weight
from linli.reader.measures.choice import Choice
from linli.reader.measures.clauses import Clause, Sentence
from linli.reader.measures.deadlines import Outlook, Term
from linli.reader.measures.thread import (
    PRELUDE_FIRSTS,
    PRELUDE_LASTS,
    SAYING,
    Thread,
    Told,
    is_told_of,
)
from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

# A numbered sentence of one clause that the next ones go into.
_NUMBERED = lazy(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|[(][一二三四五六七八九十\d]{1,2}[)]|\d{1,2}[.、](?!\d))"
)
_TOLD = lazy(r"[\d了■]")
_TOPIC = 44
# A verb and what it is done to.
_SHORTEST = 4
# Verbs of attitude and result, and those that only lead on, are no deeds.
_IDLE = ("empty", "way")
_SPACES = frozenset(" \t\r\v\f\u3000\xa0\u2009")


class Page(NamedTuple):
    """The document while its lines are told.

    skipped: start -> end of its headings; kept_out: starts of clauses that watch people, which
    count as deeds whatever their verb, so that none slips through unmarked; reported: a reporter
    may speak of what he did; outlook: from when it speaks.
    """

    view: str
    masked: str
    skipped: dict[int, int]
    kept_out: set[int]
    reported: bool
    outlook: Outlook


# Who a line speaks of, and whether of what is to come, at one point of it.
_Voice = tuple[tuple[int, int] | None, bool]


def line(page: Page, sentences: list[Sentence], *, ahead: bool = False) -> list[Told]:
    """Return the deeds of a line, in order. ahead: the line stands under a plan's heading."""
    told: list[Told] = []
    voice: _Voice = None, ahead
    told_from = 0
    masked, skipped = page.masked, page.skipped
    last = len(sentences) - 1
    for place, sentence in enumerate(sentences):
        begun, over, parts = sentence
        if place < last and len(parts) == 1 and _heads(page, sentence, sentences[place + 1]):
            continue
        if masked[begun].isspace():
            begun = _inked(masked, begun)
        if begun in skipped and skipped[begun] > told_from:
            told_from = skipped[begun]
        if told_from < over:
            voice = _sentence(page, sentence, told_from, voice, told)
    return told


def _heads(page: Page, sentence: Sentence, after: Sentence) -> bool:
    """Tell whether a numbered sentence only names what the next ones tell: 二是做好宣传工作。"""
    begun, over, _ = sentence
    masked = page.masked
    return (
        over - begun <= _TOPIC
        and begun not in page.kept_out
        and masked.startswith("。", over)
        and _NUMBERED.match(masked, begun, over) is not None
        and _TOLD.search(masked, begun + 2, over) is None
        and _NUMBERED.match(masked, *after[:2]) is None
    )


def _inked(masked: str, begin: int) -> int:
    """Return where the first character that is no space stands."""
    while masked[begin : begin + 1].isspace():
        begin += 1
    return begin


def _trimmed(masked: str, start: int, end: int) -> Clause:
    """Return [start, end) without numbering, connectives and the spaces around it."""
    if start >= end or masked[start] in leads.OPENS:
        start = leads.opening(masked, start, end)
    while end > start and masked[end - 1].isspace():
        end -= 1
    return start, end


def _sentence(
    page: Page, sentence: Sentence, told_from: int, voice: _Voice, told: list[Told]
) -> _Voice:
    """Add the deeds of a sentence to `told`; return how it speaks at its end."""
    masked, kept = page.masked, page.kept_out
    subject, planned = voice
    begun, over, clauses = sentence
    thread = Thread(subject)
    formed = choice.names_form(masked, begun, over)
    turns = status.turns(masked, begun, over)
    term = Term.of(masked, begun, over, page.outlook)
    for opened, closed in clauses:
        start, end = opened, closed
        if start < told_from or masked[start] in leads.OPENS or masked[end - 1] in _SPACES:
            start, end = _trimmed(masked, max(start, told_from), end)
        kept_out = opened in kept
        if end - start < _SHORTEST and not kept_out:
            continue
        verb = _deed(masked, thread, start, end, (kept_out, formed))
        if verb is None or (
            (page.reported or masked[closed + 1 : closed + 2] in SAYING)
            and not kept_out
            and is_told_of(masked, thread.subject, closed)
        ):
            _pass_over(masked, thread, term, (start, end))
            continue
        due = term is not None and term.holds((start, end), verb)
        ahead = due or planned or _to_come(masked, (start, end), verb, turns[0])
        how = status.status(masked, start, verb, end, past=turns[1] < end, ahead=ahead)
        told.append(thread.tell(start, end, verb, how))
    return thread.subject, planned or turns[0] < over


def _pass_over(masked: str, thread: Thread, term: Term | None, clause: Clause) -> None:
    """Take note of a clause without a deed: what it says of the next one, and its deadline."""
    start, end = clause
    thread.prelude = None
    if term:
        term.holds(clause, None)
    if masked[start] in PRELUDE_FIRSTS or masked[end - 1] in PRELUDE_LASTS:
        thread.pass_over(masked, start, end)


def _to_come(masked: str, clause: Clause, verb: Verb, turn: int) -> bool:
    """Tell whether a sentence that looks ahead from `turn` on does so in a clause."""
    start, end = clause
    return turn < end and not deadlines.is_told(masked, start, verb)


def _deed(
    masked: str, thread: Thread, start: int, end: int, known: tuple[bool, bool]
) -> Verb | None:
    """Return what rules the clause if it says a deed; keep in the thread who acts and what for.

    known: whether the clause is kept out, and whether its sentence names a form.
    """
    kept_out, formed = known
    framing = masked[start] in frames.FIRSTS
    if framing and not kept_out and frames.whole(masked, start, end):
        thread.purpose = thread.purpose or frames.purposes(masked, start, end)
        return None
    ruled = choice.ruling(masked, start, end, formed=formed)
    if ruled and (who := ruled[1][0]):
        thread.subject = who
    if framing and masked[start] == "为" and frames.purposes(masked, start, end):
        thread.purpose = True
    elif thread.purpose:
        thread.purpose = _dwells(ruled)
    if ruled is None:
        return None
    verb, lead = ruled
    if kept_out or (
        not thread.purpose
        and verb[2] not in _IDLE
        and weight.tells(masked, start, end, verb, strange=lead[1])
    ):
        return verb
    return None


def _dwells(ruled: Choice | None) -> bool:
    """Tell whether a clause still says what for: 为做好服务,巩固成果,…."""
    return ruled is None or (ruled[1][0] is None and ruled[0][2] in ("weak", "empty"))
