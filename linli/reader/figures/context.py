"""What the sentence around a figure says of it: when, whose, of what, before or after, in all."""

from linli.reader.figures.drafts import Draft
from linli.reader.patterns import lazy
from linli.reader.reading import Date

_REACH = 160  # characters looked back for a sentence's date and place
_UP_TO_STOP = lazy(".*[。!?;]")
_NEAR = 48  # characters looked back for a clause
_UP_TO_BREAK = lazy(".*[。!?;,、:]")

_AGGREGATE = lazy(
    "(?P<annual_average>年均|平均每年|每年平均)|(?P<cumulative>累计|累积)|(?P<annual>每年|年产|年接待)"
    "|(?P<total>共计|合计|总计|总共|一共|共(?<![公中]共)(?![有同产享建青和识居融创性治商赢事学乐]))"
)
_AGGREGATED = lazy("[均每累共计总产接]")  # a quick no for most clauses
_TARGET = lazy("力争|目标|计划(?=[到新投完建实引])|到20[0-9]{2}年(?<![高升长降少加大].{7})|确保")
_PLAN = lazy("到20[0-9]{2}年(?<![高升长降少加大].{7})[底末]?[,前]")
_LINES = frozenset(["more_than", "at_least", "less_than", "at_most"])
_THRESHOLD = lazy("(?:达到|达|超过|高于|低于|不足|满|占)$")
_GROWTH = lazy("增长|增速|同比|环比|涨|增幅|降幅|下降(?![至到为])")
_OF = lazy("(?:及?以[上下])?的")
_OF_FIRSTS = frozenset("及以的")
_FROM = lazy("(?:从|由)[^,。;]{0,12}$")
_CHANGE = lazy("[^。;]{0,24}?(?:至|到|为|成)(?:[0-9]{4}年[底末]?的?)?[^,。;0-9]{0,4}$")
_NOUN = lazy('[^,。、;:!?()"“”《》0-9]{1,18}')
# The words before a figure are read backwards, from the figure on.
_NOUN_BACK = lazy("[^,。、;:!?0-9%~—() -]{2,16}")
_LEADING = frozenset("从由和与共占其")
_CUES_BACK = lazy(
    "(?:后先|计[累共合总]|到达|现实|破突|[过超]超|近接|别分|均[年平]|[仅已共约近为达有了是至到超的占余])+"
)
# What is counted does something (52个责任单位|实行…), or something is done to it (召开|会议3次).
_DOES = lazy(
    "实行|参与|参加|开展|完成|获得|荣获|获评|建成|达到|达标|通过|投入|全部|进行|接受|享受|受益|入住|纳入|签订|实现"
)
_DONE = lazy(
    "(?>(?:先后|累计|全年|率先|共|已|新|再|各)*)(?:召开|听取|举办|开展|组织|发放|印发|印制|建成|新建|设立|建立|培训|走访|慰问|接待|解决|化解"
    "|调解|办理|受理|命名|创建|投入|争取|落实|发展|吸纳|完成|实施|打造|培育|选派|表彰|制作|张贴|悬挂|编印|征集|收集|成立|组建|改造|惠及|派出|选送|捐赠|筹集|督办|接听"
    "|援建|新增|引进|引入|吸引|达成|援助|评选|处理|资助|惠民|协调解决|协调办理)了?"
)
_DONE_FIRSTS = frozenset(
    "先累全率共已新再各召听举开组发印建设培走慰接解化调办受命创投争落吸完实打选表制张悬编征收成改惠派捐筹督援增引达评处资协"
)
_NOT_NOUN = frozenset("的在,和与及赴于被到以并且已将向从由为而了")


def sentence_start(view: str, start: int, *, floor: int, known: int) -> int:
    """Return where the sentence around `start` begins, at most 160 characters back.

    floor: where it may begin at the earliest; known: up to here no sentence ends behind `floor`.
    """
    low = max(floor, start - _REACH)
    match = _UP_TO_STOP.match(view, max(low, known), start)
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
    match = _AGGREGATE.search(clause) if _AGGREGATED.search(clause) else None
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
    end = draft.end
    if draft.unit.kind == "count" and end < ceiling and view[end] not in _NOT_NOUN:
        match = _NOUN.match(view, end, min(ceiling, end + 18))
        if match:
            cut = _DOES.search(view, end + 2, match.end())
            return end, cut.start() if cut else match.end()
    back = view[clause : draft.start][::-1]
    cues = _CUES_BACK.match(back)
    match = _NOUN_BACK.match(back, cues.end() if cues else 0)
    if match is None:
        return None
    first, last = draft.start - match.end(), draft.start - match.start()
    first += view[first] in _LEADING or (first > clause and view[first - 1].isdigit())
    done = _DONE.match(view, first, last - 2) if view[first] in _DONE_FIRSTS else None
    return done.end() if done else first, last


def role(view: str, draft: Draft, sentence: str, clause: str, *, floor: int) -> str | None:
    """Return threshold (达到15%的重点乡镇), target (力争…, 到2025年…) or None."""
    if _is_threshold(view, draft, floor=floor):
        return "threshold"
    planned = "力争" in sentence or ("到20" in sentence and _PLAN.search(sentence))
    return "target" if planned or _TARGET.search(clause) else None


def _is_threshold(view: str, draft: Draft, *, floor: int) -> bool:
    """Tell whether a figure only draws a line (达到15%的重点乡镇)."""
    if view[draft.end : draft.end + 1] not in _OF_FIRSTS or not _OF.match(view, draft.end):
        return False
    if draft.start < draft.num_start and draft.bound in _LINES:
        return True
    return _THRESHOLD.search(view, max(floor, draft.start - 3), draft.start) is not None


def is_change(view: str, first: Draft, second: Draft, *, floor: int) -> bool:
    """Tell whether two figures of one unit are the before and after of one thing."""
    if first.unit.name != second.unit.name or second.start - first.end > 32:
        return False
    low = max(floor, first.start - 16)
    if view.find("从", low, first.start) < 0 and view.find("由", low, first.start) < 0:
        return False
    if not _CHANGE.fullmatch(view, first.end, second.start):
        return False
    return _FROM.search(view, low, first.start) is not None
