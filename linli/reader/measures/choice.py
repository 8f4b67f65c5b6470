"""Which verb rules a clause."""

import re

from linli.reader.measures import compounds, leads, nouns, verbs
from linli.reader.measures.leads import Lead
from linli.reader.measures.verbs import REACH, Verb
from linli.reader.patterns import lazy

# What a clause may close with after its object: 制度建立健全, “九进”工作已着手实施, 《方案》出台.
_FINAL = lazy(
    r"(制定完善|建立健全|修订完善|制定出台|印发实施)$"
    r"|(?:(?<=[》”])|(?:正式|已经|已|顺利|着手|相继|陆续|先后|如期|成功|全部|隆重|同步|全面|圆满))"
    r"(启动(?:实施|运行|建设)?|实施|出台(?:实施)?|建成(?:投用|使用|开放)?|投入(?:使用|运行|运营)|投用|(?:挂牌|揭牌)(?:成立|运行)?|成立|开通|上线(?:运行)?"
    r"|开工(?:建设)?|竣工|完工|开班|开课|开放|运行|落成|发布|印发|举行|举办|召开|完成|落地|兑现|到位|开馆|开业|开园)$"
)
_FINAL_LONGEST = 10
# Right after these a word is a verb though it is as often a noun: 为学生免费辅导功课.
_HOW = ("免费", "义务", "定期", "现场", "上门", "集中", "统一", "逐一")
# 组织志愿者开展义诊: so do those who are brought together.
_CARRIED_OUT = lazy(r"(?<=..)(?:开展|举办|召开|举行)(?!的)")
_FUNDED = lazy(r"[^,的、]{0,12}\d[^,的、]{0,8}元(?:[^,的、\d]{0,6}资金)?(?=[一-龥]{2})")
# These give way to the deed after them even at the start of a clause.
_LEADING = ("carry", "way")
_CLOSES = """完善 健全 出台 实施 启动 运行 建设 投用 使用 开放 运营 成立 开通 上线 开工 竣工 完工 开班 开课 落成
发布 印发 举行 举办 召开 完成 落地 兑现 到位 开馆 开业 开园 建成 结合"""
_LAST = frozenset(_CLOSES.split())
_TOLD_LAST = lazy(r"[^把将]*[把将][^,]{2,120}(?:相|紧密|有机|有效|深度|密切)结合$")
# The form is named first: 采取集中宣讲等形式宣传…, 通过召开会议等多种方式实现….
_FORM = lazy(
    r"[^,]{0,30}(?:通过|采取|采用|运用|依托|利用|以)[^,]{2,140}?(?:方式|形式|手段|途径|办法|渠道|载体|平台)(?=[^,的、和])"
)
_FORMS = re.compile("方式|形式|手段|途径|办法|渠道|过程中")
# The ruling verb and what stands before it; a plain pair, for there is one for every clause.
Choice = tuple[Verb, Lead]


def ruling(masked: str, start: int, end: int, *, formed: bool) -> Choice | None:
    """Return the verb that rules the clause [start, end), or None.

    The first word that stands as a verb rules; 带领, 前往 and the like, and what stands inside a
    prepositional phrase (将巩固成果纳入…), give way to a deed after them. formed: the sentence
    may name a form or a means first (`names_form`).
    """
    if masked[end - 2 : end] in _LAST and (last := _closing(masked, start, end)):
        return last
    pattern, words, joining = verbs.table()
    begin = _past_form(masked, start, end) if formed else start
    reach = end if end - begin < REACH else begin + REACH
    match = pattern.search(masked, begin, reach)
    if match is None:
        return None
    # Most clauses: a verb at once, after an adverb or after who acts; and an object.
    at, stop = match.span()
    kind, status, settles = words[match[0]]
    if not settles or stop >= end or masked[stop : stop + 2] in joining:
        return _weighed(masked, start, end, at, reach)
    lead = leads.read(masked, start, at) if at > start else leads.AT_ONCE
    if (
        (lead[2] or (kind == "act" and compounds.stands_alone(masked, start, stop, end)))
        and not (lead is leads.GUESSED and kind == "noun")
        and not (
            (masked[stop] in nouns.FIRSTS or kind == "noun")
            and nouns.nominal(masked, stop, kind, end)
        )
    ):
        return (at, stop, kind, status), lead
    return _weighed(masked, start, end, at, reach, lead)


def names_form(masked: str, start: int, end: int) -> bool:
    """Tell whether a sentence holds a word for a form or a means."""
    return _FORMS.search(masked, start, end) is not None


def _weighed(
    masked: str, start: int, end: int, first: int, reach: int, known: Lead | None = None
) -> Choice | None:
    """Return which verb rules of those from `first` on, each weighed by what stands before it.

    known: what stands before the first, if that was read.
    """
    pattern, words, joining = verbs.table()
    waiting: Choice | None = None
    for match in pattern.finditer(masked, first, reach):
        kind, status, _ = words[match[0]]
        at, stop = match.span()
        if kind == "name" or (
            (stop >= end or kind == "noun" or masked[stop] in nouns.FIRSTS)
            and nouns.nominal(masked, stop, kind, end)
        ):
            continue
        verb = at, stop, kind, status
        lead = _later(waiting, at) if waiting else _before(masked, start, at, first, known)
        plain = lead[2] or (masked[stop : stop + 1] == "了" and not lead[1])
        if kind == "noun" and not _acts(masked, lead, verb, end, plain=plain or bool(waiting)):
            continue
        if not plain or masked[stop : stop + 2] in joining or masked[at:stop] == "进行":
            verb = compounds.whole(masked, verb, end, plain=plain)
            if not plain and masked[start] in compounds.PLACING:
                verb = compounds.placed(masked, start, verb, end)
        if _rules(masked, verb, lead, reach):
            return verb, waiting[1] if waiting else lead
        waiting = waiting or (verb, lead)
    return waiting


def _before(masked: str, start: int, at: int, first: int, known: Lead | None) -> Lead:
    return known if known and at == first else leads.read(masked, start, at)


def _later(before: Choice, at: int) -> Lead:
    """Return what precedes a verb at `at` after one that leads on: the same where they touch."""
    return before[1] if before[0][1] == at else leads.PHRASE


def _rules(masked: str, verb: Verb, lead: Lead, reach: int) -> bool:
    """Tell whether no verb after this one can rule in its place."""
    at, stop, kind, _ = verb
    if kind == "act":
        return not (masked[at:stop] in verbs.FUNDING and _FUNDED.match(masked, stop, reach))
    if (
        masked.startswith("组织", at)
        and stop == at + 2
        and _CARRIED_OUT.search(masked, stop, reach)
    ):
        return False
    return lead[2] and kind not in _LEADING


def _past_form(masked: str, start: int, end: int) -> int:
    """Return where the deed begins after 通过…等形式 or in 受理过程中."""
    named = _FORMS.search(masked, start, end)
    if named is None:
        return start
    if named[0] == "过程中":
        return named.end()
    form = _FORM.match(masked, start, end)
    return form.end() if form else start


def _closing(masked: str, start: int, end: int) -> Choice | None:
    """Return the verb that stands after its object at the end of the clause."""
    final = _FINAL.search(masked, max(start + 4, end - _FINAL_LONGEST), end)
    if final:
        return (final.start(final.lastindex or 0), end, "act", "done"), leads.AT_ONCE
    if masked.endswith("结合", start, end) and _TOLD_LAST.match(masked, start, end):
        return (end - 2, end, "act", "ongoing"), leads.AT_ONCE
    return None


def _acts(masked: str, lead: Lead, word: Verb, end: int, *, plain: bool) -> bool:
    """Tell whether what is as often a noun is a verb here: at once, or after a phrase (与玛曲县领导
    座谈, 在公园建设长廊; but not 招聘会调研, nor 城镇登记)."""
    start, stop, _, status = word
    if lead is leads.GUESSED:
        return False
    if plain:
        return True
    if stop == end:
        return lead[3]
    if lead[1]:
        return False
    if masked.endswith(_HOW, 0, start):
        return end - stop > 1
    return status == "done" and end - stop > 2
