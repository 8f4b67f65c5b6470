"""What stands before a verb: numbering, times, adverbs, the one who acts, a prepositional phrase."""

import re
from typing import NamedTuple

from linli.reader.patterns import lazy

# Numbering and connectives that open a clause and are no part of a measure.
_OPENING = lazy(
    r"[\s■]*(?:[(]?[一二三四五六七八九十\d]{1,3}[)][、.]?|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d)"
    r"|第[一二三四五六七八九十][、是,]?|(?:[一二三四五六七八九十]{1,2}|首先|其次|再次|最后|重点)是(?:要|在)?)?\s*"
    r"(?:同时|并且|而且|此外|另外|其中|并(?![非不])|进而|从而|以及|据悉|据统计|首先|其次|最后)?"
)
OPENS = frozenset(" \t■(一二三四五六七八九十0123456789第首其再最重同并而此另进从以据")
# Times, and the places where an adverb or a preposition ends the subject.
_TIME = lazy(
    r"(?:(?:(?:截至|截止|早在|自|从|于|仅|在|到|至)?(?:\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)"
    r"(?:以来|起|底|初|末|开始|间|至今|前后|上半年|下半年)?)"
    r"|近年来|近(?:\d|[一二三两几])年来?|近日|日前|今年以?来?|去年(?:以来)?|当年|目前|当前|年初|年内|年底|期间|多年来|长期以来"
    r"|上半年|下半年|全年|前三季度|[“十]■*[”]?期间|下一步|每年|每季度|每月|每周|每半年|每逢)+"
)
_ADVERB = (
    "积极|主动|认真|深入|广泛|大力|全力|全面|切实|扎实|不断|持续|进一步|着力|努力|有效|有力|有序|充分|统筹|精准|精心|重点|集中|"
    "先后|多次|分别|相继|陆续|累计|共(?!青|同|产|和|享|建(?![成起立设])|有|事|居)|总共|共计|已|均(?!等)|都(?!市)|也|还|又|再|率先|首次|首创|同步|"
    "创新|常态化|定期|不定期|及时|适时|逐步|稳步|加快|坚持|严格|依法|科学|合理|统一|专门|专题|专项|联合|共同(?!体)|协同|带头|牵头|亲自|始终|"
    "一直|坚决|牢牢|紧紧|仅|就(?!业|医|学|读)|须|必须|力争|计划|拟|将|把|要|应(?!急)|免费|实地|现场|经常|层层|逐级|逐项|继续|接续|试点|"
    "高度|高标准|高质量|快速|迅速|连续|每年|每季度|每月|每半年|每周|每天|每晚|每日|每逢|截至|自主|自筹|自觉|巧妙|深化|注重|突出|通过|经过|经(?=[^营济贸])|采取|采用|运用|依托|按(?![摩揭])|围绕|针对|根据|"
    "结合|面向|利用|借助|充分利用|在|对(?!口|接)|向(?!阳)|与|从|为|由|以|于(?!洪|都|田)|自(?=\\d|筹)|用(?!人)|给|同(?!心|步|志|创|盟|胞)|赴|至今|没有|未|不|能|能够|可|"
    "现已|业已|全部|初步|基本|成功|圆满|顺利|正式|隆重|组织|联合|被|获"
)
_TURN = re.compile(_ADVERB)
# Nouns that can act in such a report, by their endings.
_ACTORS = (
    "省", "市", "区", "县", "州", "旗", "盟", "乡", "镇", "村", "街", "局", "委", "办", "厅", "部", "院", "校", "所", "站", "司", "队", "会", "处", "班", "科", "府",
    "街道", "社区", "双方", "政府", "党组", "党工委", "部门", "办公室", "单位", "组", "专班", "机构", "企业", "中心", "团体", "领导", "负责人", "负责同志", "书记", "市长",
    "区长", "县长", "镇长", "乡长", "主任", "干部", "两地", "各地", "各级", "有关方面", "财政", "机关", "志愿者", "队员", "党员", "网格员", "民警", "妇联", "残联",
    "媒体", "银行", "组织", "官兵", "教师", "老师", "律师", "医生", "小学", "中学", "大学", "幼儿园", "合作社", "社工", "商户", "人大", "政协", "法院", "检察院", "医院", "园区", "会议", "专家", "上下",
)  # fmt: skip
# Endings in the same place that are things, places or the people served.
_NO_ACTORS = (
    "招聘会", "培训会", "座谈会", "晚会", "运动会", "展览会", "机会", "社会", "全会", "大会", "群众", "居民", "学生", "毕业生", "同胞", "人员", "项目", "活动",
    "大桥", "日均", "年均", "人均", "示范村", "示范社区", "示范区",
)  # fmt: skip
_ACTOR_LASTS = frozenset(actor[-1] for actor in _ACTORS)
_NO_ACTOR_LASTS = frozenset(other[-1] for other in _NO_ACTORS)
# 11条小巷, 该院, 各级: whatever is counted or pointed at can act.
_COUNTED = lazy(
    r"(?:全[市区县州省])?(?:\d[\d余多]*[个条所家名支批户座]|该[^项活]|各[级县区乡镇街社单部学行成科])"
)
_COUNTS = frozenset("0123456789全该各")
_COPULA = lazy(r"(?<![但凡特尤就只要总还别于便国])是(?!否)")
_IDIOMS = lazy(r"[^的、]{4}(?:、[^的、]{4}){0,2}")
_MANNER = lazy(r"(?:[(][^()]{0,30}[)]|一行)$")
_MANNER_LASTS = frozenset(")行")


class Lead(NamedTuple):
    """What precedes a verb. who: [start, end) of the actor printed there, or None.

    strange: the clause speaks of something else (招聘会采用…); bare: nothing but times and
    adverbs stand between the actor (or the clause's start) and the verb; met: somebody is named
    with whom or towards whom it is done (与玛曲县领导座谈).
    """

    who: tuple[int, int] | None
    strange: bool
    bare: bool
    met: bool


AT_ONCE = Lead(who=None, strange=False, bare=True, met=False)
_PHRASE = Lead(who=None, strange=False, bare=False, met=False)
_TOWARDS = Lead(who=None, strange=False, bare=False, met=True)
_STRANGE = Lead(who=None, strange=True, bare=False, met=False)


def opening(view: str, start: int, end: int) -> int:
    """Return where a clause begins once numbering and connectives are left out.

    Only one that begins with a character of `OPENS` has any.
    """
    found = _OPENING.match(view, start, end)
    return found.end() if found else start


def read(masked: str, start: int, verb: int) -> Lead:
    """Return what stands between a clause's `start` and its `verb`."""
    if start >= verb:
        return AT_ONCE
    time = _TIME.match(masked, start, verb) if masked[start] in _TIMES else None
    head = time.end() if time else start
    turn = _TURN.search(masked, head, verb)
    stop = turn.start() if turn else verb
    if masked[head + 1 : head + 2] == "均" and masked.startswith(_RATES, head):
        return _STRANGE
    rest = masked[stop:verb]
    if rest and ("被" in rest or "获" in rest or ("是" in rest and _COPULA.search(rest))):
        return _STRANGE
    bare = not rest or (len(rest) <= 8 and not _PREPOSITION.search(rest)) or "赴" in rest
    if stop > head and (subject := masked[head:stop].strip()):
        return _with_subject(subject, head, stop, bare=bare)
    if bare:
        return AT_ONCE
    return _TOWARDS if _MET.search(rest) else _PHRASE


def _with_subject(subject: str, start: int, end: int, *, bare: bool) -> Lead:
    """Judge what stands first in a clause: an actor, an unknown adverb, or something strange."""
    if "是" in subject and _COPULA.search(subject):
        return _STRANGE
    last = subject[-1]
    if last in _NO_ACTOR_LASTS and subject.endswith(_NO_ACTORS):
        return _STRANGE
    if (subject[0] in _COUNTS and _COUNTED.match(subject)) or _can_act(subject, last):
        return Lead((start, end), strange=False, bare=bare, met=not bare)
    if len(subject) <= 3 or last == "地" or _IDIOMS.fullmatch(subject):
        return AT_ONCE if bare else _PHRASE
    return _STRANGE


def _can_act(subject: str, last: str) -> bool:
    """Tell whether the subject, `last` its last character, ends like one who acts."""
    if last in _MANNER_LASTS:
        subject = _MANNER.sub("", subject)
        last = subject[-1:]
    return last in _ACTOR_LASTS and subject.endswith(_ACTORS)


_TIMES = frozenset("截早在到至自从于仅0123456789近日前今去当目年期多长上全下每十“■")
_RATES = ("日均", "年均", "人均", "户均")
_MET = lazy(r"[与同对向赴到]")
_PREPOSITION = re.compile(
    r"在|对|向|与|从|为|由|以|于|用|给|把|将(?!继续|进一步|全面|积极|持续|陆续|重点|大力|再)|通过|依托|按|围绕|针对|根据|结合|面向|利用"
)
