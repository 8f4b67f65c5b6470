"""What stands before a verb: numbering, times, adverbs, the one who acts, a prepositional phrase."""

import re

from linli.reader.measures.wording import endings, ends
from linli.reader.patterns import lazy

# Numbering and connectives that open a clause and are no part of a measure.
_OPENING = lazy(
    r"[\s■]*(?:[(]?[一二三四五六七八九十\d]{1,3}[)][、.]?|[(]■{2}[)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?:(?!\d)|(?=20\d\d年))"
    r"|第[一二三四五六七八九十][、是,]?|(?:[一二三四五六七八九十]{1,2}|首先|其次|再次|最后|重点)是(?:要|在)?)?\s*"
    r"(?:同时|并且|而且|此外|另外|其中|并(?![非不])|进而|从而|以及|据悉|据统计|首先|其次|最后)?"
    r"(?:(?:确保|务必)(?=[在于]?(?:20\d\d年|\d{1,2}月|年[底末])[^,]{0,8}前))?"
)
OPENS = frozenset(" \t■(一二三四五六七八九十0123456789第首其再最重同并而此另进从以据确务")
# Times, and the places where an adverb or a preposition ends the subject.
_TIME = lazy(
    r"(?:(?:\d{1,2}[至到-]\d{1,2}月份?|(?:截至|截止|早在|自|从|于|仅|在|到|至)?(?:(?:\d{4}[、至-])?\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)"
    r"(?:[底末]?(?:[之以]前|前(?![后往半三两沿期列]))|以来|起|底|初|末|开始|间|至今|前后|上半年|下半年)?)"
    r"|近年来|近(?:\d|[一二三两几])年来?|近日|日前|今年以?来?|去年(?:以来)?|当年|目前|当前|年初|年内|年底(?:[之以]?前)?|期间|多年来|长期以来"
    r"|上半年|下半年|全年|前三季度|[“十]■*[”]?期间|下一步|每年|每季度|每月|每周|每半年|每逢|(?:活动|会议|仪式|培训|讲座)(?:现场|期间|中|当天|上))+"
)
_ADVERB = (
    "积极|主动|认真|深入|广泛|大力|全力|全面|切实|扎实|不断|持续|进一步|着力|努力|有效|有力|有序|充分|统筹|精准|精心|重点|集中|"
    "先后|多次|分别|相继|陆续|累计|共(?!青|同|产|和|享|建(?![成起立设])|有|事|居)|总共|共计|已|均(?!等)|都(?!市)|也|还|又|再|率先|首次|首创|同步|"
    "创新|常态化|定期|不定期|及时|适时|逐步|稳步|加快|坚持|严格|依法|科学|合理|统一|专门|专题|专项|联合|共同(?!体)|协同|带头|牵头|亲自|始终|"
    "一直|坚决|牢牢|紧紧|仅|就(?!业|医|学|读)|须|必须|力争|计划|拟|将|把|要|应(?!急)|免费|实地|现场|经常|层层|逐级|逐项|继续|接续|试点|"
    "高度|高标准|高质量|快速|迅速|连续|每年|每季度|每月|每半年|每周|每天|每晚|每日|每逢|逢(?!源)|截至|自主|自筹|自觉|巧妙|深化|注重|突出|通过|经过|经(?=[^营济贸])|采取|采用|运用|依托|按(?![摩揭])|围绕|针对|根据|"
    "结合|面向|利用|借助|充分利用|在|对(?!口|接)|向(?!阳)|与|从|为|由|以|于(?!洪|都|田)|自(?=\\d|筹)|用(?!人)|给|同(?!心|步|志|创|盟|胞)|赴|至今|没有|未|不|能|能够|可|"
    "现已|业已|全部|初步|基本|成功|圆满|顺利|正式|隆重|组织|联合|被|获"
)
_TURN = re.compile(_ADVERB)
# Nouns that can act in such a report, by their endings.
_ACTORS = (
    "省", "市", "区", "县", "州", "旗", "盟", "乡", "镇", "村", "街", "局", "委", "办", "厅", "部", "院", "校", "所", "站", "司", "队", "会", "处", "班", "科", "府", "室", "馆", "园", "厂", "团",
    "街道", "社区", "双方", "政府", "党组", "党工委", "部门", "办公室", "单位", "组", "专班", "机构", "企业", "中心", "团体", "领导", "负责人", "负责同志", "书记", "市长",
    "区长", "县长", "镇长", "乡长", "主任", "干部", "两地", "各地", "各级", "有关方面", "财政", "机关", "志愿者", "队员", "党员", "网格员", "民警", "妇联", "残联",
    "媒体", "银行", "组织", "官兵", "教师", "老师", "律师", "医生", "小学", "中学", "大学", "幼儿园", "合作社", "社工", "商户", "人大", "政协", "法院", "检察院", "医院", "园区", "会议", "专家", "上下",
)  # fmt: skip
# Endings in the same place that are things, places or the people served.
_NO_ACTORS = (
    "招聘会", "培训会", "座谈会", "晚会", "运动会", "展览会", "机会", "社会", "全会", "大会", "群众", "居民", "学生", "毕业生", "同胞", "人员", "项目", "活动",
    "大桥", "示范村", "示范社区", "示范区", "记者", "笔者", "报告", "模式", "品牌", "村民", "市民", "游客", "家长", "孩子", "老人", "人口", "总值", "收入", "产值",
)  # fmt: skip
_ENDS_ACTING, _ENDS_ELSE = endings(_ACTORS), endings(_NO_ACTORS)
# 11条小巷, 该院, 各级: whatever is counted or pointed at can act.
_COUNTED = lazy(
    r"(?:全[市区县州省])?(?:\d[\d余多]*[个条所家名支批户座]|该[^项活]|各[级县区乡镇街社单部学行成科])"
)
_COUNTS = frozenset("0123456789全该各")
# 该县有学校151所: what there is; 这一做法: what was told before; 年服务6000人次.
_HAVING = lazy(r"(?<![所没拥享])有(?![效序力关的机])")
# What is decided far above is no deed of the report's own.
_ABOVE = ("中央", "党中央", "党的", "国务院", "国家", "习近平", "这", "那", "此", "它")
_POINTING = frozenset(above[0] for above in _ABOVE)
_YEARLY = frozenset("年日月")
_COPULA = lazy(r"(?<![但凡特尤就只要总还别于便国])是(?!否)")
_IDIOMS = lazy(r"[^的、]{4}(?:、[^的、]{4}){0,2}")
_MANNER = lazy(r"(?:[(][^()]{0,30}[)]|一行)$")
_MANNER_LASTS = frozenset(")行")


# What precedes a verb: (who, strange, bare, met), a plain tuple for there is one for every clause.
# who: [start, end) of the actor printed there, or None; strange: the clause speaks of something
# else (招聘会采用…); bare: nothing but times and adverbs stand between the actor (or the clause's
# start) and the verb; met: somebody is named with whom or towards whom it is done (与邻县座谈).
Lead = tuple[tuple[int, int] | None, bool, bool, bool]

AT_ONCE: Lead = (None, False, True, False)
PHRASE: Lead = (None, False, False, False)
_TOWARDS: Lead = (None, False, False, True)
_STRANGE: Lead = (None, True, False, False)
# An unknown word of up to three characters: an adverb, or the noun that 建设 belongs to. Told from
# AT_ONCE by identity.
GUESSED: Lead = (None, *AT_ONCE[1:])


def opening(view: str, start: int, end: int) -> int:
    """Return where a clause begins once numbering and connectives are left out.

    Only one that begins with a character of `OPENS` has any.
    """
    found = _OPENING.match(view, start, end)
    return found.end() if found else start


def read(masked: str, start: int, verb: int) -> Lead:
    """Return what stands between a clause's `start` and its `verb`."""
    text = masked[start:verb]
    if text in PLAIN:
        return AT_ONCE
    if text[0] in _TIMES and (time := _TIME.match(text)):
        start += time.end()
        text = text[time.end() :]
        if text in PLAIN:
            return AT_ONCE
    turn = _TURN.search(text)
    stop = turn.start() if turn else len(text)
    rest = text[stop:]
    if _UNREAL.search(text) or (text[0] in _RATES and text[1:2] == "均") or _suffers(rest):
        return _STRANGE
    bare = not rest or (len(rest) <= 8 and not _PREPOSITION.search(rest)) or "赴" in rest
    if subject := text[:stop].strip():
        return _with_subject(subject, (start, start + stop), bare=bare)
    if bare:
        return AT_ONCE
    return _TOWARDS if _MET.search(rest) else PHRASE


def _suffers(rest: str) -> bool:
    """Tell whether what leads up to a verb says that it is done to somebody, or merely is."""
    return "被" in rest or "获" in rest or ("是" in rest and _COPULA.search(rest) is not None)


def _with_subject(subject: str, span: tuple[int, int], *, bare: bool) -> Lead:
    """Judge what stands first in a clause: an actor, an unknown adverb, or something strange."""
    if _is_strange(subject):
        return _STRANGE
    if (subject[0] in _COUNTS and _COUNTED.match(subject)) or _can_act(subject):
        return span, False, bare, not bare
    if len(subject) <= 3 or subject[-1] == "地" or _IDIOMS.fullmatch(subject):
        return GUESSED if bare else PHRASE
    return _STRANGE


def _is_strange(subject: str) -> bool:
    """Tell whether the clause speaks of what is, of things, of people served, or from far above."""
    return (
        ends(subject, _ENDS_ELSE)
        or (subject[0] in _POINTING and subject.startswith(_ABOVE))
        or ("是" in subject and _COPULA.search(subject) is not None)
        or ("有" in subject and _HAVING.search(subject) is not None)
        or subject in _YEARLY
    )


def _can_act(subject: str) -> bool:
    """Tell whether the subject ends like one who acts."""
    if subject[-1] in _MANNER_LASTS:
        subject = _MANNER.sub("", subject)
    return ends(subject, _ENDS_ACTING)


_TIMES = frozenset("截早在到至自从于仅0123456789近日前今去当目年期多长上全下每十“■活会仪培讲")
# 县均投入, 日均接待: a rate is no deed.
_RATES = frozenset("日月年人户县村镇乡校班场次亩师生")
# Told of another deed (吹响了…), or not told at all: asked, possible, needed.
_UNREAL = re.compile(
    r"(?<![为除])[了着](?![解力眼手重])|可以|能够|如何|怎样|怎么|为何|是否|应当|需要|必须|有待|^即(?![将时日])"
)
_MET = lazy(r"[与同对向赴到]")
_PREPOSITION = re.compile(
    r"在|对|向|与|从|为|由|以|于|用|给|把|将(?!继续|进一步|全面|积极|持续|陆续|重点|大力|再)|通过|依托|按|围绕|针对|根据|结合|面向|利用"
)
# Adverbs that may stand alone before a verb: one look-up settles most clauses.
PLAIN = frozenset(
    word
    for word in re.sub(r"\w+\(\?[^)]*\)", "", _ADVERB).split("|")
    if word.isalpha() and not _PREPOSITION.search(word) and not _UNREAL.search(word)
) - {"被", "获"} | {""}
