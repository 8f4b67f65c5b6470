"""A line told clause by clause: which clauses are deeds, and whose."""

import re
from typing import NamedTuple

from linli.reader.measures import choice, leads, status, weight
from linli.reader.measures.choice import Choice
from linli.reader.measures.clauses import Sentence
from linli.reader.measures.verbs import Verb

# A short clause that the deed after the comma belongs to: 依托社区,开展…; 市人社局高度重视,举办….
_PRELUDE = re.compile(
    r"依托|按照“■+”的[^,]{1,6}$|[^,]{2,8}高度重视$|[^,]{2,8}联合[^,]{2,8}$|由[^,]{2,12}牵头$"
)


class Told(NamedTuple):
    """A deed: where, by which verb, by whom (printed in the span, or carried over), how far."""

    start: int
    end: int
    verb: Verb
    who: tuple[int, int] | None
    carried: tuple[int, int] | None
    status: str


class Page(NamedTuple):
    """The document while its lines are told.

    skipped: start -> end of its headings; kept_out: starts of clauses that watch people, which
    count as deeds whatever their verb, so that none slips through unmarked.
    """

    view: str
    masked: str
    skipped: dict[int, int]
    kept_out: set[int]


class _Voice(NamedTuple):
    """Who a line speaks of, and whether of what is to come, at one point of it."""

    subject: tuple[int, int] | None
    ahead: bool


def line(page: Page, sentences: list[Sentence], *, ahead: bool = False) -> list[Told]:
    """Return the deeds of a line, in order. ahead: the line stands under a plan's heading."""
    told: list[Told] = []
    voice = _Voice(None, ahead)
    told_from = 0
    for sentence in sentences:
        told_from = max(told_from, page.skipped.get(_inked(page.masked, sentence.start), 0))
        if told_from < sentence.end:
            voice = _sentence(page, sentence, told_from, voice, told)
    return told


def _inked(masked: str, begin: int) -> int:
    """Return where the first character that is no space stands."""
    while masked[begin : begin + 1].isspace():
        begin += 1
    return begin


def _closed(masked: str, start: int, end: int) -> int:
    """Return the end of [start, end) without the spaces before it."""
    while end > start and masked[end - 1].isspace():
        end -= 1
    return end


def _sentence(
    page: Page,
    sentence: Sentence,
    told_from: int,
    voice: _Voice,
    told: list[Told],
) -> _Voice:
    """Add the deeds of a sentence to `told`; return how it speaks at its end."""
    masked = page.masked
    subject, ahead = voice
    to_come = sentence.start if ahead else status.turns_ahead(masked, sentence.start, sentence.end)
    past = status.turns_past(masked, sentence.start, sentence.end)
    prelude: int | None = None
    for part in sentence.clauses:
        start = leads.opening(masked, max(part.start, told_from), part.end)
        end = _closed(masked, start, part.end)
        ruled = choice.ruling(masked, start, end) if start < end else None
        if ruled and ruled.lead.who:
            subject = ruled.lead.who
        if ruled and (part.start in page.kept_out or _is_deed(masked, start, end, ruled)):
            how = status.status(
                masked, start, ruled.verb, end, past=past < end, ahead=to_come < end
            )
            begin = start if prelude is None else prelude
            printed = subject is not None and subject[0] >= begin
            who, carried = (subject, None) if printed else (None, subject)
            told.append(Told(begin, end, ruled.verb, who, carried, how))
            prelude = None
        else:
            prelude = start if _PRELUDE.match(masked, start, end) else None
    return _Voice(subject, ahead or to_come < sentence.end)


def _is_deed(masked: str, start: int, end: int, ruled: Choice) -> bool:
    return not (
        (ruled.lead.strange and masked[ruled.verb.end : ruled.verb.end + 1] != "了")
        or weight.frames(masked, start, end)
        or weight.means(masked, start, ruled.verb)
        or not weight.counts(masked, ruled.verb, end)
    )
