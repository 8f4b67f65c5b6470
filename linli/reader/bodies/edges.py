"""Where a body's name begins, and how far it goes on behind its last word.

A name begins after a mark, a verb, a particle or a count, and not before an area that stands in it:
成立以市委书记为组长的|创建…领导小组, 首个|…培训基地, 前往|甘南州人民医院.
"""

import re
from functools import cache
from typing import NamedTuple

from linli.reader.bodies.nearby import Places
from linli.reader.bodies.terms import TermHit
from linli.reader.places.tables import lines_of

REACH = 32

_MARK = r"[^\w·+]|_"
_COUNT = r"(?!家[百千万])(?:[个家所处名批支类项座间期次位]|[年月日期]|份月)(?:[余多]?[0-9一二三四五六七八九十百千两几数多余]{1,6})"
_AREA_WORD = re.compile(
    r"(?:中共中央|中央|国家|全国|自治区(?:党委)?|(?<![各主老新中])城区(?:党委)?|(?:(?<![社地校园辖小街山片景林牧特城郊市县战灾库治新发高经0-9个各两])区"
    r"|(?<![城都门超夜集县0-9个各两])市|(?<![区市乡各])[省县州旗盟])(?:委|直|级)?"
    r"|(?:[一-鿿]{2})?(?:新区|开发区|高新区|经开区|园区))$"
)
_AREA_ENDS = frozenset("央家国区省县州旗盟市委直级")
_BEFORE_SEAT = re.compile(r"[社地校园辖小街山片景省市县州旗]$")
_OFFICE_TAIL = r"办公室|办公厅|办(?![事公理法好实学])"


class Following(NamedTuple):
    """What may follow a last word; `firsts` holds each character that it may begin with."""

    firsts: frozenset[str]
    pattern: re.Pattern[str]


def _following(firsts: str, pattern: str) -> Following:
    return Following(frozenset(firsts), re.compile(pattern))


_NOT_AFTER = {
    "party": _following("员托派", r"员(?!会)|托|派"),
    "government": _following("部采购工主引职性", r"部门|采购|购买|工作报告|主导|引导|职能|性"),
    "congress": _following("代委专", r"代表|委员(?!会)|专"),
    "department": _following(
        "门员署势落位件长公面部", r"[门员署势落位件长]|(?<=局)部(?!署)|公(?!室)|面(?![向对临试])"
    ),
    "union": _following("员动席", r"[员动席]"),
    "community": _following("化群", r"[化群]"),
    "school": _following(
        "生校联区学组时微程型康城镇", r"[生校]|联盟|(?<=小)[区学组时微程型康城镇]"
    ),
    "service_point": _following("点员", r"[点员]"),
    "leading_group": _following("副组成", r"副?组长|成员"),
    "website": _following("络格上点友民站址", r"[络格上点友民站址]"),
    "company": _following("化", r"化"),
}
_GOES_ON = {
    "party": _following(
        "员常全理统民宗书专办中",
        r"员会(?:统战部|组织部|宣传部|办公室)?|常委会(?:扩大)?(?:会议|议)?|全会|全委会|(?:理论学习)?中心组|"
        rf"(?:统战|民族|宗教|民族宗教)工作领导小组|全面深化改革委员会|(?:书记)?专题会议?|{_OFFICE_TAIL}",
    ),
    "government": _following(
        "常党研门网办",
        rf"常务会议?|党组(?:会议?)?|研究室|门户网站|网(?!络|格)|{_OFFICE_TAIL}",
    ),
    "congress": _following(
        "常委民教文社经农法提环内财监城港人",
        r"常委会|常务委员会|委员会|(?:民族|教科|文化|社会|经济|农业|法制|提案|环境|内务|财政|监察|城建|港澳|人口|文史)"
        r"[一-鿿]{0,10}?(?:委员会|专委会|工委)",
    ),
    "department": _following("(公", r"\([一-鿿]{0,4}[局委办厅]\)|公室"),
    "leading_group": _following("办", _OFFICE_TAIL),
    "community": _following(
        "党办居社便综",
        r"党委|党工委|党总支|党支部|办事处|居委会|居民委员会|社区居委会|党群服务中心|便民服务中心|综治中心|"
        + _OFFICE_TAIL,
    ),
}


class Breaks(NamedTuple):
    """The breaks, written backwards so that the nearest to a name is found first.

    door: a mark, a count, or a character that ends a break; guards: what may not follow a break of
    one; words: by their last two characters, the breaks of two and more, shortest first, each with
    what may not follow it; inside: words that only seem to hold a break of one.
    """

    door: re.Pattern[str]
    guards: dict[str, str]
    words: dict[str, list[tuple[str, str]]]
    inside: frozenset[str]


@cache
def _breaks() -> Breaks:
    guards: dict[str, str] = {}
    words: dict[str, list[tuple[str, str]]] = {}
    for line in lines_of("bodies_breaks.txt"):
        for item in line.split():
            word, _, followers = item.partition("!")
            if len(word) == 1:
                guards[word] = followers
            else:
                backwards = word[::-1]
                words.setdefault(backwards[:2], []).append((backwards, followers))
    for group in words.values():
        group.sort(key=lambda item: len(item[0]))
    singles = "".join(guards)
    lasts, befores = ("".join({pair[at] for pair in words}) for at in (0, 1))
    door = re.compile(f"{_MARK}|{_COUNT}|([{singles}])|[{lasts}](?=([{befores}]))")
    held = frozenset(w[::-1] for line in lines_of("bodies_inside.txt") for w in line.split())
    return Breaks(door, guards, words, held)


def nearest_break(view: str, start: int, end: int, places: Places | None = None) -> int:
    """Return where a name that ends at `end` begins: behind the nearest break (one that begins in
    none of the `places`), at most REACH characters before and not before `start`.
    """
    first = max(start, end - REACH)
    backwards = view[first:end][::-1]
    door, guards, words, inside = _breaks()
    match = door.search(backwards)
    while match:
        at, stop = match.span()
        if match.lastindex:
            follower = backwards[at - 1] if at else view[end]
            pair = backwards[at : at + 2]
            single = match[1]
            if single is None or pair in inside or follower in guards[single]:
                stop = at
                for word, guard in words.get(pair, ()):
                    if follower not in guard and backwards.startswith(word, at):
                        stop = at + len(word)
                        break
        if stop > at and not (places and places.holds(end - stop)):
            return end - at
        match = door.search(backwards, match.end())
    return first


def go_on(view: str, hit: TermHit, line_end: int) -> int:
    """Return the end of the body: behind its last word and what belongs to it (常委会议, 办公室)."""
    end, term = hit.end, hit.term
    more = _GOES_ON.get(term.kind)
    if more is None or view[end : end + 1] not in more.firsts or term.mode == "fixed":
        return end
    match = more.pattern.match(view, end, line_end)
    return match.end() if match else end


def is_cut_off(view: str, hit: TermHit) -> bool:
    """Whether the word goes on as another word (市委员, 统战部门, 社区化)."""
    cut = _NOT_AFTER.get(hit.term.kind)
    if cut is None or view[hit.end : hit.end + 1] not in cut.firsts:
        return False
    return cut.pattern.match(view, hit.end) is not None


def before_office(view: str, start: int, end: int) -> int:
    """Return where the word for an area before an office begins (市, 区委, 自治区), or `end`."""
    if end == start or view[end - 1] not in _AREA_ENDS:
        return end
    match = _AREA_WORD.search(view, max(start, end - 6), end)
    return match.start() if match else end


def seat_stands_alone(view: str, line_start: int, start: int) -> bool:
    """Whether 区委 at `start` is not cut out of 社区委, 地区委 and the like."""
    return start == line_start or not _BEFORE_SEAT.match(view, start - 1, start)
