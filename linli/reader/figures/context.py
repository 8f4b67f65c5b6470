"""What the sentence around a figure says of it: when, whose, of what, before or after, in all."""

import re

from linli.reader.figures.drafts import Draft
from linli.reader.reading import Date

_REACH = 160  # characters looked back for a sentence's date and place
_NEAR = 48  # characters looked back for a clause
_UP_TO_STOP = re.compile(".*[。!?;]")
_UP_TO_BREAK = re.compile(".*[。!?;,、:]")

_AGGREGATE = re.compile(
    "(?P<annual_average>年均|平均每年|每年平均)|(?P<cumulative>累计|累积)|(?P<annual>每年|年产|年接待)"
    "|(?P<total>共计|合计|总计|总共|一共|(?<![公中])共(?![有同产享建青和识居融创性治商赢事学乐]))"
)
_TARGET = re.compile("力争|目标|计划(?=[到新投完建实引])|(?<![高升长降少加大])到20[0-9]{2}年|确保")
_PLAN = re.compile("力争|(?<![高升长降少加大])到20[0-9]{2}年[底末]?[,前]")
_LINES = frozenset(["more_than", "at_least", "less_than", "at_most"])
_THRESHOLD = re.compile("(?:达到|达|超过|高于|低于|不足|满|占)$")
_GROWTH = re.compile("增长|增速|同比|环比|涨|增幅|降幅|下降(?![至到为])")
_OF = re.compile("(?:及?以[上下])?的")
_FROM = re.compile("(?:从|由)[^,。;]{0,12}$")
_CHANGE = re.compile("[^。;]{0,24}?(?:至|到|为|成)(?:[0-9]{4}年[底末]?的?)?[^,。;0-9]{0,4}$")
_NOUN = re.compile('[^,。、;:!?()"“”《》0-9]{1,18}')
_NOUN_BEFORE = re.compile("[^,。、;:!?0-9%~—() -]{2,16}$")
_LEADING = frozenset("从由和与共占其")
_CUES = re.compile(
    "(?:仅|已|先后|累计|共计|合计|总计|共|约|近|为|达到|达|有|了|是|至|到|实现|突破|超过|超|接近|分别|年均|平均|的|占|余)+$"
)
_NOT_NOUN = frozenset("的在,和与及赴于被到以并且已将向从由为而了")


def sentence_start(view: str, start: int, *, floor: int) -> int:
    """Return where the sentence around `start` begins, at most 160 characters back."""
    low = max(floor, start - _REACH)
    match = _UP_TO_STOP.match(view, low, start)
    return match.end() if match else low


def clause_start(view: str, start: int, *, floor: int) -> int:
    """Return where the clause around `start` begins, at most 48 characters back."""
    low = max(floor, start - _NEAR)
    match = _UP_TO_BREAK.match(view, low, start)
    return match.end() if match else low


def aggregation(clause: str, draft: Draft, date: Date | None) -> str | None:
    """Return total, cumulative, annual, annual_average or None, from the words of the clause."""
    since = date is not None and date.kind == "since"
    rate = draft.unit.kind == "rate"
    match = _AGGREGATE.search(clause)
    if match is None:
        return "cumulative" if since and draft.unit.kind in ("count", "money") else None
    name = match.lastgroup
    if name in ("total", "cumulative"):
        return None if rate else "cumulative" if since else name
    return name


def period(date: Date | None, published: str | None) -> str | None:
    """Return the ISO period that a figure stands for; what began goes on until publication."""
    if date is None or date.kind == "recurring":
        return None
    if date.kind == "since" and "/" not in date.iso:
        return f"{date.iso}/{published[:7] if published else '..'}"
    return date.iso


def kind(clause: str, draft: Draft) -> str:
    """Return the kind of figure; a share that the text says grew or fell is growth."""
    if draft.unit.kind == "rate" and _GROWTH.search(clause):
        return "growth"
    return draft.unit.kind


def counted(view: str, draft: Draft, clause: int, ceiling: int) -> tuple[int, int] | None:
    """Return the span of what is counted: the noun behind the figure, else the one before it."""
    match = _NOUN.match(view, draft.end, min(ceiling, draft.end + 18))
    if match and view[match.start()] not in _NOT_NOUN and draft.unit.kind == "count":
        return match.span()
    cues = _CUES.search(view, clause, draft.start)
    last = cues.start() if cues else draft.start
    match = _NOUN_BEFORE.search(view, max(clause, last - 16), last)
    if match is None:
        return None
    first, last = match.span()
    cut = view[first] in _LEADING or (first > clause and view[first - 1].isdigit())
    return first + cut, last


def role(view: str, draft: Draft, sentence: str, clause: str, *, floor: int) -> str | None:
    """Return threshold (达到15%的重点乡镇), target (力争…, 到2025年…) or None."""
    if _is_threshold(view, draft, floor=floor):
        return "threshold"
    return "target" if _TARGET.search(clause) or _PLAN.search(sentence) else None


def _is_threshold(view: str, draft: Draft, *, floor: int) -> bool:
    """Tell whether a figure only draws a line (达到15%的重点乡镇)."""
    if not _OF.match(view, draft.end):
        return False
    if draft.start < draft.num_start and draft.bound in _LINES:
        return True
    return _THRESHOLD.search(view, max(floor, draft.start - 3), draft.start) is not None


def is_change(view: str, first: Draft, second: Draft, *, floor: int) -> bool:
    """Tell whether two figures of one unit are the before and after of one thing."""
    if first.unit.name != second.unit.name or second.start - first.end > 32:
        return False
    if not _CHANGE.fullmatch(view, first.end, second.start):
        return False
    return _FROM.search(view, max(floor, first.start - 16), first.start) is not None
