"""A line told clause by clause: which clauses are deeds, and whose."""

from typing import NamedTuple

from linli.reader.measures import choice, leads, status, weight
from linli.reader.measures.choice import Choice
from linli.reader.measures.clauses import Sentence
from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

# A short clause that the deed after the comma belongs to: 依托社区,开展…; 市人社局高度重视,举办….
_PRELUDE = lazy(
    r"依托|按照“■+”的[^,]{1,6}$|[^,]{2,14}高度重视$|[^,]{2,8}联合[^,]{2,8}$|由[^,]{2,12}牵头$|[^,]{2,40}一行$|坚持每[^,]{1,8}次$|每[逢年月周季到][^,]{0,14}$"
    r"|结合(?:开展|举办)[^,]{4,80}等活动$|[^,]{3,80}采取[^,]{2,80}等(?:多种)?(?:方式|形式|办法|手段)$"
)


# A verb and what it is done to.
_SHORTEST = 4
# Verbs of attitude and result, and those that only lead on, are no deeds.
_IDLE = ("empty", "way")
_PRELUDE_FIRSTS = frozenset("依按每")
_PRELUDE_LASTS = frozenset("视头行次动式法段区县市州旗局委办会院校部司道位门业社团")


# A deed: (start, end, verb, who is printed in the span, who is carried over, how far).
Told = tuple[int, int, Verb, tuple[int, int] | None, tuple[int, int] | None, str]


class Page(NamedTuple):
    """The document while its lines are told.

    skipped: start -> end of its headings; kept_out: starts of clauses that watch people, which
    count as deeds whatever their verb, so that none slips through unmarked.
    """

    view: str
    masked: str
    skipped: dict[int, int]
    kept_out: set[int]


class _Thread:
    """What a sentence carries from clause to clause.

    subject: who acts; prelude: where a clause began that belongs to the next deed; purpose: the
    sentence still says what for.
    """

    __slots__ = ("prelude", "purpose", "subject")

    def __init__(self, subject: tuple[int, int] | None) -> None:
        self.subject = subject
        self.prelude: int | None = None
        self.purpose = False

    def pass_over(self, masked: str, start: int, end: int) -> None:
        """Take note of a clause without a deed if it belongs to the deed after the comma."""
        if _PRELUDE.match(masked, start, end):
            self.prelude = start
            if masked.endswith("一行", start, end):
                self.subject = start, end

    def tell(self, start: int, end: int, verb: Verb, how: str) -> Told:
        """Return the deed of a clause, with the prelude that belongs to it."""
        if self.prelude is not None:
            start, self.prelude = self.prelude, None
        if self.subject is None or self.subject[0] < start:
            return start, end, verb, None, self.subject, how
        return start, end, verb, self.subject, None, how


# Who a line speaks of, and whether of what is to come, at one point of it.
_Voice = tuple[tuple[int, int] | None, bool]


def line(page: Page, sentences: list[Sentence], *, ahead: bool = False) -> list[Told]:
    """Return the deeds of a line, in order. ahead: the line stands under a plan's heading."""
    told: list[Told] = []
    voice: _Voice = None, ahead
    told_from = 0
    masked, skipped = page.masked, page.skipped
    for sentence in sentences:
        begun, over, _ = sentence
        if masked[begun].isspace():
            begun = _inked(masked, begun)
        if begun in skipped and skipped[begun] > told_from:
            told_from = skipped[begun]
        if told_from < over:
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
    subject, planned = voice
    thread = _Thread(subject)
    begun, over, clauses = sentence
    to_come, past = status.turns(masked, begun, over)
    if planned:
        to_come = begun
    skips, kept = told_from > begun, page.kept_out
    for opened, closed in clauses:
        start = max(opened, told_from) if skips else opened
        if start >= closed or masked[start] in leads.OPENS:
            start = leads.opening(masked, start, closed)
        end = _closed(masked, start, closed) if masked[closed - 1].isspace() else closed
        kept_out = opened in kept
        if end - start < _SHORTEST and not kept_out:
            continue
        deed = _deed(masked, thread, start, end, kept_out=kept_out)
        if deed is None:
            thread.prelude = None
            if masked[start] in _PRELUDE_FIRSTS or masked[end - 1] in _PRELUDE_LASTS:
                thread.pass_over(masked, start, end)
            continue
        verb, _ = deed
        how = status.status(masked, start, verb, end, past=past < end, ahead=to_come < end)
        told.append(thread.tell(start, end, verb, how))
    return thread.subject, planned or to_come < over


def _deed(masked: str, thread: _Thread, start: int, end: int, *, kept_out: bool) -> Choice | None:
    """Return what rules the clause if it says a deed; keep in the thread who acts and what for."""
    first = masked[start]
    if first in weight.FRAME_FIRSTS and not kept_out and weight.frames(masked, start, end):
        thread.purpose = thread.purpose or weight.purposes(masked, start, end)
        return None
    ruled = choice.ruling(masked, start, end)
    if ruled and (who := ruled[1].who):
        thread.subject = who
    if first == "为" and weight.purposes(masked, start, end):
        thread.purpose = True
    elif thread.purpose:
        thread.purpose = _dwells(ruled)
    if kept_out or ruled is None:
        return ruled
    return None if thread.purpose or not _is_deed(masked, start, end, ruled) else ruled


def _dwells(ruled: Choice | None) -> bool:
    """Tell whether a clause still says what for: 为做好服务,巩固成果,…."""
    return ruled is None or (ruled[1].who is None and ruled[0][2] in ("weak", "empty"))


def _is_deed(masked: str, start: int, end: int, ruled: Choice) -> bool:
    # Those that begin as frames do were judged before their verb was looked for.
    verb, lead = ruled
    _, stop, kind, _ = verb
    first = masked[start]
    return kind not in _IDLE and not (
        (lead.strange and masked[stop : stop + 1] != "了")
        or (first not in weight.FRAME_FIRSTS and weight.frames_late(masked, start, end))
        or (first in weight.MEANS_FIRSTS and weight.means(masked, start, verb))
        or not weight.counts(masked, start, verb, end)
    )
