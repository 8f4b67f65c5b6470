"""Whether a quoted phrase names a programme, method or slogan, or is only a turn of phrase.

Told by what stands around the marks: “…”活动 and 打造“…” name something; “…”的浓厚氛围, reported speech
and metaphors do not; a phrase with a numeral for its skeleton (七进, 4+4, 六大工程) always does.
"""

import re
from functools import cache
from typing import NamedTuple

from linli.reader.places.tables import lines_of

_NUMERAL = "[0-9零一二三四五六七八九十百千双两半]"
_SKELETON = re.compile(
    rf"^{_NUMERAL}{{1,3}}[+×*—-](?:{_NUMERAL}{{1,3}}|[A-Za-z])|^[0-9]{{3,6}}$"
    rf"|^{_NUMERAL}{{1,2}}(?:个|项|大|种|类|条|张|支|送|进|化|清|有|无|员|心|民|联|同|融|共|讲|比|评|好|型|级|微|新|学|看|访|通|结合|促|创|帮|爱|问|到|不|开|观|史|定|查|改|落实|到位|坚持)"
    rf"|{_NUMERAL}[^,、。]{{1,2}}{_NUMERAL}[^,、。]{{1,2}}$"
    rf"|[+]|^[0-9]+[A-Za-z一-鿿]|^[A-Za-z]+[+]"
)
_PERIOD = re.compile(
    r"^十[一二三四五六七]五$|^[一二三四五六七八九]五$|^(?:19|20)[0-9]{2}$|[0-9.]+[年月日]"
)
_NOUN = (
    "活动|工程|行动|模式|项目|品牌|机制|平台|试点|样板|标准|主渠道|渠道|地标|公园|簇群|工作法|计划|课堂|讲堂|学堂|讲坛|论坛|专栏|"
    "栏目|专题|主题|系列|大赛|竞赛|比赛|展演|展览|晚会|文化节|节会|宣传月|宣传周|教育|创建|走廊|示范|阵地|基地|特色|做法|办法|"
    "体系|制度|格局|服务法|治理|服务|热线|目标任务|战略|载体|联盟|党建|志愿|驿站|广场|长廊|工作室|小程序|公众号|专线|专列|夏令营|"
    "冬令营|研学|街区|集市|市集|产业|经验|路径|法则|理论|特点|品质|五进|要求|之家|家园|服务站|服务队|宣讲队|宣讲团|标识|媒体|工坊|驿站|站点|中心"
)
_NAMED_AFTER = re.compile(rf"^(?!的|为|和|与|、|,|。|;|等?的)[^,。;、“”:]{{0,20}}?(?:{_NOUN})")
_LIKE_AFTER = re.compile(
    r"^的(?:[^,。;、“”的]{0,8})(?:标准|模式|工作法|方法|办法|做法|品牌|工程|活动|项目|行动|思路|路子|机制|路径)"
)
_MOOD_AFTER = re.compile(
    r"^的?[^,。;、“”]{0,8}(?:氛围|理念|局面|格局|愿景|境界|生动|情怀|美德|传统|风尚|风气|意识|观念|共识|关系|状态|态势|精神|思想|良好|浓厚|道理|"
    r"称号|荣誉|特征|结构|重要|信念|决心|姿态|作用|转变|难题|问题|体制|原则|方针|初心|桥梁|纽带|框架|环境)"
)
_THEME_AFTER = re.compile(
    r"^(?:为|作为|这[一个]{1,2}|的?)(?:活动)?(?:主题|主线|抓手|载体|引领|牵引|目标|主旨|口号|中心|平台|品牌|依托|代表)"
)
_VERB_BEFORE = re.compile(
    r"(?:打造|创建|创办|开展|举办|实施|推行|推进|启动|探索|构建|建立|创新|推出|组织|做好|培育|创设|开设|深化|擦亮|做强|叫响|形成|提出|依托|"
    r"落实|践行|推广|总结|提炼|设立|成立|制定|争创|申报|评选|编排|创作|唱响|深入|常态化|主题|题为|名为|称为|紧扣|围绕|坚持|按照|树牢|增强|做到|坚定)"
    r"(?:了|的|以)?[^,。;、“”:《》]{0,8}$"
)
_SPOKEN_BEFORE = re.compile(r"(?:说|道|表示|指出|强调|认为|称赞|问|写道|感慨|回忆|介绍)[:,]?$|:$")
_NAMES_ITSELF = re.compile(
    r".{2}(?:项目|工程|行动|活动|计划|工作法|模式|机制|宣传月|宣传周|大讲堂|讲堂|课堂|学堂|大赛|文化节|品牌|第一课|工作室|服务站|驿站|之家)$"
)
_AT_ONCE = re.compile(
    r"[^,。;、“”的]{0,4}(?:工程|行动|计划|项目|品牌|活动|工作法|模式|课堂|讲堂|讲坛|服务站|工作室|志愿|之家|家园|班会|平台|宣讲|主题)"
)
_SENTENCE = re.compile(r"[。;!?…:]|[,,].{12,}|了$")
_LANDMARK_AFTER = re.compile(r"[^,。;、“”]{0,8}(?:地标|公园|簇群|广场|街区|长廊)")
_SLOGAN_AFTER = re.compile(r"(?:为|的)?(?:目标任务|主题|口号|特点|主线)")
_LONGEST, _LONGEST_TITLE = 22, 34


class Verdict(NamedTuple):
    """named: True, False, or None when the surroundings do not tell."""

    named: bool | None
    kind: str


@cache
def ordinary() -> frozenset[str]:
    """Return the words that are quoted without being names."""
    return frozenset(word for line in lines_of("brands_ordinary.txt") for word in line.split())


def has_numeral_skeleton(phrase: str) -> bool:
    """Whether a numeral carries the phrase (七进, 三个离不开, 13106, 1+1+3) and it is no five-year plan."""
    return not _PERIOD.match(phrase) and _SKELETON.search(phrase) is not None


def judge(phrase: str, before: str, after: str) -> Verdict:
    """Judge a quoted phrase by the characters before its opening and after its closing mark."""
    if _is_talk(phrase, before, after):
        return Verdict(named=False, kind="")
    named = _by_itself(phrase, after)
    if named is None:
        named = _by_company(phrase, before, after)
    return Verdict(named, kind_of(phrase, after))


def _by_itself(phrase: str, after: str) -> bool | None:
    """What the phrase alone tells, or None."""
    if phrase in ordinary():
        return _noun_at_once(after)
    if has_numeral_skeleton(phrase):
        return True
    if _NAMES_ITSELF.search(phrase):
        return not _MOOD_AFTER.match(after)
    return False if _plain_list(phrase) and not _THEME_AFTER.match(after) else None


def _by_company(phrase: str, before: str, after: str) -> bool | None:
    """What the words around tell, or None."""
    mood = _MOOD_AFTER.match(after) is not None
    if _NAMED_AFTER.match(after) or _LIKE_AFTER.match(after) or _THEME_AFTER.match(after):
        return not mood or _noun_at_once(after)
    if mood:
        return False
    if _VERB_BEFORE.search(before) and len(phrase) > 2:
        return True
    return _parallel(phrase) or None


def kind_of(phrase: str, after: str) -> str:
    """Return programme, project, landmark or slogan."""
    if phrase.endswith("项目"):
        return "project"
    if _LANDMARK_AFTER.match(after):
        return "landmark"
    if _SLOGAN_AFTER.match(after):
        return "slogan"
    return "programme"


def _is_talk(phrase: str, before: str, after: str) -> bool:
    limit = _LONGEST_TITLE if _AT_ONCE.match(after) else _LONGEST
    if _PERIOD.match(phrase) or _SENTENCE.search(phrase) or len(phrase) > limit:
        return True
    return _SPOKEN_BEFORE.search(before) is not None


def _noun_at_once(after: str) -> bool:
    return _AT_ONCE.match(after) is not None


def _plain_list(phrase: str) -> bool:
    parts = phrase.split("、")
    return len(parts) > 1 and all(len(part) <= 2 for part in parts)


def _parallel(phrase: str) -> bool:
    parts = re.split("[、,·]", phrase)
    return len(parts) > 1 and len({len(part) for part in parts}) == 1 and 2 < len(parts[0]) <= 7
