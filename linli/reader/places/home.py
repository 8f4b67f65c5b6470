"""The place that a report speaks from, and what the other places are to it.

Places named in the head weigh most. Whether the report speaks for a county, a city or a province is
told by how it speaks of itself (我区, 全市, 省委), so that a city that names its districts, or a district
that names its partner far away, stays itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from linli.reader.places import speaker
from linli.reader.places.areas import Area, city_of, province_of, rank, within
from linli.reader.places.mentions import Mention
from linli.reader.reading import ReportPlace

_SELF = re.compile(
    r"([区县旗市州盟省])(?:(?:(?<=([我全本该]).)|(?<=([我全本该])城.))(?![域直])|(?<!自治区)(?:委(?!员)|政府|直|人大|政协))"
)
_LEVELS = {"区": 3, "县": 3, "旗": 3, "市": 2, "州": 2, "盟": 2, "省": 1}
_PARTNER = re.compile(
    r"(?:赴|向|与|同|援建|支援|帮扶|援助|对口|结对|协作|前往|联合|来自|接收|助推|推动)$"
)
_PARTNER_ENDS = frozenset("赴向与同建援扶助口结对作往合自收推动\n")  # a wrapped line may end so
_OWN = re.compile(r"(?:区|县|市|州|省)?(?:委|政府|人民政府|日报|晚报|人大|政协)")
_MAY_OWN = frozenset("区县市州省委政人日晚")
_TITLE, _SOURCE, _OPENING = 8, 4, 2
_UPWARDS, _PASSING = 0.3, 0.2
_JOINED = ("", "、", "和", "及", ",")
_REACH = 300
_ENOUGH, _ENOUGH_SPOKEN_FOR = 3.0, 1.0


def partners(view: str, mentions: list[Mention]) -> list[bool]:
    """Say of each mention whether the words before it, or before the list it stands in, speak of
    another place (赴, 援建, 与 …).
    """
    found: list[bool] = []
    reach = 0
    for start, end, _ in mentions:
        joined = bool(found) and found[-1] and view[reach:start] in _JOINED
        direct = view[start - 1] in _PARTNER_ENDS and _after_partner_word(view, start)
        found.append(joined or direct)
        reach = end
    return found


def _after_partner_word(view: str, start: int) -> bool:
    return _PARTNER.search(view, max(0, start - 3), start) is not None


def report_place(
    view: str,
    spans: Iterable[tuple[int, int]],
    mentions: list[Mention],
    helped: list[bool],
    heads: list[tuple[int, Mention]],
) -> ReportPlace:
    """Return where the report speaks from.

    helped: `partners` of the mentions; heads: the mentions in its head with their weight.
    """
    refers = _self_references(view, spans)
    code = _heaviest(_scores(view, mentions, helped, heads), refers)
    own = [m for m, partner in zip(mentions, helped, strict=True) if not partner]
    return _triple(speaker.narrowed(view, own, refers, code))


def _scores(
    view: str, mentions: list[Mention], helped: list[bool], heads: list[tuple[int, Mention]]
) -> dict[str, float]:
    """Weigh each area that is named; a county also lends weight to its city."""
    scores: defaultdict[str, float] = defaultdict(float)
    for headed, mention in heads:
        if mention.area:
            scores[mention.area.code] += headed
    opening = mentions[0].start + _REACH if mentions else 0
    for mention, partner in zip(mentions, helped, strict=True):
        if mention.area:
            weight = _PASSING if partner else _weight(view, mention, opening)
            scores[mention.area.code] += weight
            if weight >= 1 and (city := city_of(mention.area.code)):
                scores[city] += _UPWARDS * weight
    return scores


def _heaviest(scores: dict[str, float], refers: Counter[int]) -> str:
    """Return the code with most weight at the level that the report speaks at, or "" for none."""
    if not scores:
        return ""
    total = refers.total()
    shares = {level: refers[level] / total if total else 1 / 3 for level in (1, 2, 3)}
    _, code = max((score * (0.2 + shares[rank(code)]), code) for code, score in scores.items())
    enough = _ENOUGH_SPOKEN_FOR if refers[rank(code)] else _ENOUGH
    return code if scores[code] >= enough else ""


def _weight(view: str, mention: Mention, opening: int) -> float:
    follower = view[mention.end : mention.end + 1]
    own = 1.0 if follower in _MAY_OWN and _OWN.match(view, mention.end) else 0.0
    return 1.0 + own + (_OPENING if mention.start < opening and own else 0.0)


def _self_references(view: str, spans: Iterable[tuple[int, int]]) -> Counter[int]:
    """Count, by level, how a report speaks of itself: 我区 and 全区 thrice, 区委 and 区直 once."""
    counts: Counter[int] = Counter()
    for start, end in spans:
        for unit, own, own_town in _SELF.findall(view, start, end):
            counts[_LEVELS[unit]] += 3 if own or own_town else 1
    return counts


def _triple(code: str) -> ReportPlace:
    if not code:
        return ReportPlace(None, None, None)
    province = province_of(code)
    if rank(code) == 1:
        return ReportPlace(province, None, None)
    if rank(code) == 2:
        return ReportPlace(province, code, None)
    return ReportPlace(province, city_of(code), code)


def roles(mentions: list[Mention], partnered: list[bool], home: ReportPlace) -> dict[str, str]:
    """Return the role of each code: subject, partner (helped or visited, or around such) or mention."""
    own = {home.city, home.county} if home.city or home.county else {home.province}
    areas: dict[str, Area] = {m.area.code: m.area for m in mentions if m.area}
    helped = {
        mention.area.code
        for mention, partner in zip(mentions, partnered, strict=True)
        if partner and mention.area
    } - {*own, home.province}
    around = {
        code
        for code in (areas if helped else ())
        if rank(code) > 1 and any(within(other, code) or within(code, other) for other in helped)
    }
    found = dict.fromkeys(areas, "mention")
    found |= dict.fromkeys(helped | around, "partner")
    return found | {code: "subject" for code in own if code in areas}
