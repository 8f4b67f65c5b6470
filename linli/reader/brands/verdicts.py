"""Whether a quoted phrase names a programme, method or slogan, or is only a turn of phrase.

Told by what stands around the marks: “…”活动 and 打造“…” name something; “…”的浓厚氛围, reported speech
and metaphors do not; a phrase with a numeral for its skeleton (七进, 4+4, 六大工程) always does.
"""

import re
from functools import cache
from typing import NamedTuple

from linli.reader.brands import surroundings as around
from linli.reader.places.tables import lines_of

_NUMERAL = "[0-9零一二三四五六七八九十百千双两半]"
_SKELETON = re.compile(
    rf"^{_NUMERAL}{{1,3}}[+×*—-](?:{_NUMERAL}{{1,3}}|[A-Za-z])|^[0-9]{{3,6}}$"
    rf"|^{_NUMERAL}{{1,2}}(?:个|项|大|种|类|条|张|支|送|进|化|清|有|无|员|心|民|联|同|融|共|讲|比|评|好|型|级|微|新|学|看|访|通|结合|促|创|帮|爱|问|到|不|开|观|史|定|查|改|落实|到位|坚持)"
    rf"|{_NUMERAL}[^,、。]{{1,2}}{_NUMERAL}[^,、。]{{1,2}}$"
    rf"|[+]|^[0-9]+[A-Za-z一-鿿]|^[A-Za-z]+[+]"
    r"|^(?!三八|五一|五四|六一|七一|八一|十一|九九|五保|四合|三轮)[二三四五六七八九十两双](?:[一-鿿]{2}|[交懂亮卡])$"
)
_BONES = frozenset("0123456789零一二三四五六七八九十百千双两半+")
_PERIOD = re.compile(
    r"^十[一二三四五六七]五$|^[一二三四五六七八九]五$|^(?:19|20)[0-9]{2}$|[0-9.]+[年月日]"
)
_OF_LEVELS = re.compile(r"[一二三四五六七八九两2-9][级方]")
_SEVERAL_LEVELS = re.compile(r"^[一二三四五六七八九十两2-9]级$")
_NAMES_ITSELF = re.compile(
    r".{2}(?:项目|工程|行动|活动|计划|工作法|模式|机制|宣传月|宣传周|大讲堂|讲堂|课堂|学堂|大赛|文化节|品牌|第一课|工作室|服务站|驿站|之家|培训班|研讨班|夏令营)$"
)
_SENTENCE = re.compile(r"[。;!?…:]|[,,].{12,}|了$")
_NOTE = re.compile(r"\([^()]{0,8}\)")
_LONGEST, _LONGEST_TITLE = 22, 34


class Verdict(NamedTuple):
    """named: True, False, or None when the surroundings do not tell."""

    named: bool | None
    kind: str


_UNNAMED = Verdict(named=False, kind="")


@cache
def ordinary() -> frozenset[str]:
    """Return the words that are quoted without being names."""
    return frozenset(word for line in lines_of("brands_ordinary.txt") for word in line.split())


def has_numeral_skeleton(phrase: str) -> bool:
    """Whether a numeral carries the phrase (七进, 三个离不开, 13106, 1+1+3) and it is no five-year plan."""
    if _BONES.isdisjoint(phrase):
        return False
    return not _PERIOD.match(phrase) and _SKELETON.search(phrase) is not None


def judge(phrase: str, before: str, after: str) -> Verdict:
    """Judge a quoted phrase by the characters before its opening and after its closing mark."""
    if _is_talk(phrase, before, after):
        return _UNNAMED
    named = _by_itself(phrase, after)
    if named is None:
        named = _by_company(phrase, before, after)
    return _UNNAMED if named is False else Verdict(named, kind_of(phrase, after))


def _by_itself(phrase: str, after: str) -> bool | None:
    """What the phrase alone tells, or None."""
    if phrase in ordinary():
        return _noun_at_once(after)
    if _SEVERAL_LEVELS.match(phrase):
        return False
    if has_numeral_skeleton(phrase):
        return True
    if _NAMES_ITSELF.search(phrase):
        return not around.MOOD.match(after)
    return False if _plain_list(phrase) and not around.THEME.match(after) else None


def _by_company(phrase: str, before: str, after: str) -> bool | None:
    """What the words around tell, or None."""
    mood = around.MOOD.match(after) is not None
    if around.NAMED.match(after) or around.THEME.match(after):
        return not mood or _noun_at_once(after)
    if mood:
        return False
    if around.HONOUR_BEFORE.search(before):
        return False
    if len(phrase) > 2 and around.VERB_BEFORE.search(before):
        return True
    return around.COUNTED.match(after) is not None or _parallel(phrase) or None


def kind_of(phrase: str, after: str) -> str:
    """Return programme, project, landmark or slogan."""
    if phrase.endswith("项目"):
        return "project"
    if around.LANDMARK.match(after):
        return "landmark"
    if around.SLOGAN.match(after):
        return "slogan"
    return "programme"


def _is_talk(phrase: str, before: str, after: str) -> bool:
    if len(phrase) > _LONGEST and not _is_long_name(phrase, before, after):
        return True
    if _PERIOD.match(phrase) or _SENTENCE.search(phrase):
        return True
    if _OF_LEVELS.match(after) and _plain_list(phrase):
        return True
    return before[-1:] in around.SPOKEN_ENDS and around.SPOKEN_BEFORE.search(before) is not None


def _is_long_name(phrase: str, before: str, after: str) -> bool:
    """Whether more words than a name has are one: before its noun, or parts of one length."""
    if len(phrase) > _LONGEST_TITLE:
        return False
    if _noun_at_once(after) or _NAMES_ITSELF.search(phrase):
        return True
    return _parallel(phrase) and around.VERB_BEFORE.search(before) is not None


def _noun_at_once(after: str) -> bool:
    return around.NOUN_AT_ONCE.match(after) is not None


def _plain_list(phrase: str) -> bool:
    parts = _NOTE.sub("", phrase).split("、") if "、" in phrase else ()
    return len(parts) > 1 and all(len(part) <= 2 for part in parts)


def _parallel(phrase: str) -> bool:
    parts = re.split("[、,·]", phrase)
    return len(parts) > 1 and len({len(part) for part in parts}) == 1 and 2 < len(parts[0]) <= 7
