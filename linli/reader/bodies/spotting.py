"""From the last word of a name to the whole body in its line."""

import re

from linli.reader.bodies import dwellings, edges, named
from linli.reader.bodies.namely import is_name
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.bodies.terms import TermHit, hits
from linli.reader.reading import Span

_AREAS = frozenset("省市区县州旗")
_MANY = re.compile(r"(?:[0-9个各两]|全|[省市区县州旗])[省市区县州旗]$")
_SEVERAL = re.compile(r"[省市区县州旗]{2}")
_UNDER_STREETS = frozenset({"社区", "小区", "居委会", "居民委员会", "村委会"})
_new = tuple.__new__  # half the time of a call of Spotted
_TOWN = re.compile(r"[一-鿿]{1,4}(?<![乡村各城县])[镇乡]")


def spot(view: str, line: Span, places: Places) -> list[Spotted]:
    """Return the bodies of one line in order; a longer one takes the place of those it covers."""
    spotted: list[Spotted] = []
    for hit in hits(view, line.start, line.end):
        if edges.is_cut_off(view, hit):
            continue
        last = spotted[-1] if spotted else None
        body = _whole(view, line, hit, places, last)
        if body is None or (last and body.end <= last.end):
            continue
        if last and last.short == "街道" and hit.term.text in _UNDER_STREETS:
            body = _behind_street(view, body, last, hit)
        while spotted and body.start <= spotted[-1].start:
            spotted.pop()
        if not spotted or body.start >= spotted[-1].end:
            spotted.append(body)
    return dwellings.beside(view, line, spotted, places)


def _behind_street(view: str, body: Spotted, street: Spotted, hit: TermHit) -> Spotted:
    """A street and a community in it are two bodies: 西湖街道|桥门社区."""
    inside = body.start <= street.start < street.end < hit.start
    if inside and is_name(view[street.end : hit.start], hit):
        return body._replace(start=street.end)
    return body


def _whole(
    view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None
) -> Spotted | None:
    start = _start(view, line, hit, places, last)
    if start is None or _only_says_more(view, start, hit, last):
        return None
    end = edges.go_on(view, hit, line.end)
    if view.startswith("—", end):  # 首家…工作站——花照壁社区…工作站 names the second
        return None
    term = hit.term
    kind = "office" if term.kind == "away" else term.kind
    bare = term.mode == "office" and start == hit.start
    return _new(Spotted, (start, end, kind, term.text, term.full, bare))


def _start(view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None) -> int | None:
    if hit.term.mode == "fixed":
        return hit.start
    if hit.term.mode == "named":
        return named.start(view, line, hit, places, last)
    if hit.term.mode == "bureau":
        return named.of_bureau(view, line, hit, places)
    start = _official_start(view, line, hit, places)
    own_area = hit.term.kind == "party"  # the 市 in 市委
    if view[start] in _AREAS and _SEVERAL.match(view, start, hit.start + own_area):
        return None  # 各|县市区委党校, 省市委
    many = start == hit.start and view[start - 1] in _AREAS
    if many and _MANY.search(view, max(line.start, start - 3), start):
        return None
    return (
        start if named.listed(view, hit.start, last) or _is_seat(view, line, hit, start) else None
    )


def _only_says_more(view: str, start: int, hit: TermHit, last: Spotted | None) -> bool:
    """Whether the name is an office plus a common noun (省人社厅|官方人才网)."""
    return (
        last is not None
        and start <= last.start
        and last.end < hit.start
        and last.kind not in ("community", "leading_group")
        and not is_name(view[last.end : hit.start], hit)
    )


def _is_seat(view: str, line: Span, hit: TermHit, start: int) -> bool:
    """Whether a seat of power has its area with it: 市政府, 兰州市委, but no bare 政府 or 党委."""
    if hit.term.mode != "seat" or start < hit.start:
        return True
    own_area = hit.term.kind == "party" and hit.term.text[0] in "省市区县州旗盟"
    return own_area and edges.seat_stands_alone(view, line.start, start)


def _official_start(view: str, line: Span, hit: TermHit, places: Places) -> int:
    start = places.chain(hit.start)
    if start == hit.start:
        start = places.chain(edges.before_office(view, line.start, hit.start))
    if start == hit.start and hit.term.mode == "seat":
        start = _town_start(view, line, start, places)
    return start - 2 if view.startswith("中共", max(start - 2, line.start)) else start


def _town_start(view: str, line: Span, start: int, places: Places) -> int:
    """Where the town begins whose seat stands at `start` (石碑坪镇|党委), or `start`; 乡镇 is none."""
    if start == line.start or view[start - 1] not in "镇乡":
        return start
    begins = edges.nearest_break(view, line.start, start - 1)
    named = _TOWN.fullmatch(view, begins, start) is not None
    return places.chain(begins) if named else start
