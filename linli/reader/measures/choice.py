"""Which verb rules a clause."""

import re

from linli.reader.measures import leads, verbs, weight
from linli.reader.measures.leads import Lead
from linli.reader.measures.verbs import Verb
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
# A relative clause this short still belongs to the noun after it.
_RELATIVE = 20
_FORMS = re.compile("方式|形式|手段|途径|办法|渠道|过程中")
# No clause of this genre keeps its verb back for longer; hostile ones stay cheap.
_REACH = 160


# The ruling verb and what stands before it; a plain pair, for there is one for every clause.
Choice = tuple[Verb, Lead]


def ruling(masked: str, start: int, end: int) -> Choice | None:
    """Return the verb that rules the clause [start, end), or None.

    The first word that stands as a verb rules; 带领, 前往 and the like, and what stands inside a
    prepositional phrase (将巩固成果纳入…), give way to a deed after them.
    """
    if masked[end - 2 : end] in _LAST and (last := _closing(masked, start, end)):
        return last
    pattern, words, joining = verbs.table()
    waiting: Choice | None = None
    begin = start
    if form := _FORMS.search(masked, start, end):
        begin = _past_form(masked, start, end, form)
    reach = end if end - begin < _REACH else begin + _REACH
    while match := pattern.search(masked, begin, reach):
        at, begin = match.span()
        kind, status = words[match[0]]
        if kind == "name" or (
            (begin >= end or kind == "noun" or masked[begin] in weight.NOMINAL_FIRSTS)
            and weight.nominal(masked, begin, kind, end)
        ):
            continue
        verb = at, begin, kind, status
        lead = leads.read(masked, start, at) if at > start else leads.AT_ONCE
        _, strange, bare, _ = lead
        plain = bare or (masked[begin : begin + 1] == "了" and not strange)
        if kind == "noun" and not (plain or waiting or _acts(masked, lead, verb, end)):
            continue
        if not plain or match[0] == "进行" or masked[begin : begin + 2] in joining:
            verb = _whole(masked, verb, end, plain=plain)
            kind = verb[2]
        if kind == "act" or (bare and kind not in _LEADING):
            return verb, waiting[1] if waiting else lead
        waiting = waiting or (verb, lead)
    return waiting


def _whole(masked: str, word: Verb, end: int, *, plain: bool) -> Verb:
    """Return the verb that a word begins or stands for; plain: nothing but adverbs stands before."""
    verb = verbs.joined(masked, word, end)
    start, stop, kind, _ = verb
    if kind == "act":
        return verb if plain else (_past_relative(masked, verb, end) or verb)
    if stop == start + 2 and masked.startswith("进行", start):
        return _performed(masked, verb, end)
    return verb


def _past_form(masked: str, start: int, end: int, named: re.Match[str]) -> int:
    """Return where the deed begins after 通过…等形式 or 在受理过程中, the form as `named`."""
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


def _acts(masked: str, lead: Lead, word: Verb, end: int) -> bool:
    """After a phrase: 与玛曲县领导座谈, 在公园建设长廊; but not 招聘会调研."""
    start, stop, _, status = word
    if stop == end:
        return lead.met
    if lead.strange:
        return False
    if masked.endswith(_HOW, 0, start):
        return end - stop > 1
    return status == "done" and end - stop > 2


def _past_relative(masked: str, verb: Verb, end: int) -> Verb | None:
    """Return the verb after the noun that `verb` describes: 为申请援助的居民开设窗口."""
    stop = verb[1]
    turn = masked.find("的", stop, min(end, stop + _RELATIVE))
    if turn < 0:
        return None
    after = next(verbs.each(masked, turn, min(end, turn + _REACH)), None)
    if after is None or after[2] != "act" or weight.nominal(masked, after[1], "act", end):
        return None
    return verbs.joined(masked, after, end)


def _performed(masked: str, verb: Verb, end: int) -> Verb:
    """进行了现场察看 does what its last word says."""
    stop = verb[1]
    after = list(verbs.each(masked, stop, min(end, stop + _REACH)))
    if after and after[-1][2] != "empty":
        return after[-1][0], after[-1][1], "act", "done"
    if end - stop > 2 and masked[end - 2 : end].isalpha():
        return end - 2, end, "act", "done"
    return verb
