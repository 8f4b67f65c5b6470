"""Deadlines and plans: 2027年6月底前 tells a deed that is still to come, and so does a plan's title.

Neither outweighs a clause that tells its deed as done, nor a date that was past when the text was written.
"""

from bisect import bisect_right
from typing import NamedTuple, Self

from linli.reader.article import Article
from linli.reader.measures.clauses import Clause
from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

_DEADLINE = lazy(
    r"(?<!\d)(?:(20\d\d)年(?:(\d{1,2})月)?|\d{1,2}月|[今明本当]?年(?=[底末]))"
    r"(?:\d{1,2}日)?(?:上旬|中旬|下旬|[底末])?(?:[之以]前|前(?![后往半三两沿期列]))"
    # 2000年底前建成的小区 dates the estate and not the deed.
    r"(?![^,的]{0,6}(?:建成|建设|竣工|交付|使用|投用|出生|工作|成立|登记|注册|入学|毕业|退休|参保|认定|入住|开工)的)"
)
_YEAR = lazy(r"(?<!\d)20\d\d(?=年)")
# What stands so before a verb tells that the deed is done; 共同 and 已建成的小区 tell nothing.
_TOLD = lazy(r"(?:已|曾|先后|相继|共(?![同享建]))[^,的]{0,12}$")
_RECENTLY = lazy(r"去年|上年|近日|日前|以来|截[至止]|过去|(?<!\d)[\d几十]年前")
_BEFORE_VERB = 40
# A title that announces, and is neither an account of the plan nor a piece of news about it.
_PLAN = lazy(r"(?:要点|方案|计划|清单|分解表|安排)》?(?:的通知)?\s*(?:[(][^()]{1,20}[)])?\s*$")
_ACCOUNT = lazy(
    r"总结|汇报|报告|情况|完成|出台|发布|公布|启动|推出|解读|召开|审议|通过|(?<!关于)印发"
)
_SUMMARY = lazy(r"(20\d\d)年(上半年)?[^。]{0,30}(?:总结|汇报|报告|情况|纪实)")


class Outlook(NamedTuple):
    """From when a document speaks: the month it was written (ISO, empty where unknown), whether its
    title announces a plan, and the plan's year (empty where the title has none)."""

    written: str = ""
    plans: bool = False
    year: str = ""


def outlook(article: Article, published: str | None) -> Outlook:
    """Return from when the article speaks; published: its printed date (ISO) or None."""
    view = article.view
    title = " ".join(
        view[line.start : line.end].strip() for line in article.lines if line.role == "title"
    )
    plans = _PLAN.search(title) is not None and _ACCOUNT.search(title) is None
    year = _YEAR.search(title)
    summary = _SUMMARY.search(title)
    written = published[:7] if published else ""
    if summary and not written:
        written = f"{summary[1]}-{'06' if summary[2] else '12'}"
    return Outlook(written, plans, year[0] if year else "")


class Term:
    """What the deadlines of one sentence say of its clauses, asked in their order."""

    __slots__ = ("_due", "_limits", "_masked", "_plans")

    def __init__(self, masked: str, limits: list[int], *, plans: bool) -> None:
        self._masked = masked
        self._limits = limits
        self._plans = plans
        self._due = False

    @classmethod
    def of(cls, masked: str, start: int, end: int, known: Outlook) -> Self | None:
        """Return the term of the sentence [start, end), or None where it is told like any other."""
        plans = known.plans and not _is_background(masked, start, end, known.year)
        hasty = masked.find("前", start, end) >= 0
        limits = [
            found.end()
            for found in (_DEADLINE.finditer(masked, start, end) if hasty else ())
            if not (found[1] and f"{found[1]}-{(found[2] or '12'):0>2}" < known.written)
        ]
        return cls(masked, limits, plans=plans) if plans or limits else None

    def holds(self, clause: Clause, verb: Verb | None) -> bool:
        """Tell whether the deed of `clause` is still to come; what is told as done ends the term."""
        start, end = clause
        begin = end if verb is None else verb[0]
        self._due = self._due or bisect_right(self._limits, start) < bisect_right(
            self._limits, begin
        )
        if verb and is_told(self._masked, start, verb):
            self._due = self._plans = False
        return self._due or self._plans


def is_told(masked: str, start: int, verb: Verb) -> bool:
    """Tell whether a clause from `start` on tells its deed as done: 已建成, 完成了."""
    begin, stop = verb[:2]
    return (
        masked.startswith("了", stop)
        or _TOLD.search(masked, max(start, begin - _BEFORE_VERB), begin) is not None
    )


def _is_background(masked: str, start: int, end: int, year: str) -> bool:
    """Tell whether a plan's sentence looks back: 2026年,全县… in the plan for 2027."""
    return _RECENTLY.search(masked, start, end) is not None or any(
        told < year for told in _YEAR.findall(masked, start, end)
    )
