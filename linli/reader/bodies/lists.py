"""Names that share their last word: 祁连、永乐、昌盛|社区; 桥门、华林山等5个|社区."""

import re

from linli.reader.bodies.edges import nearest_break

_NAMES = re.compile(r"(?:[一-鿿]{2,12}[、和])(?:[一-鿿]{1,6}[、和])*$")
_ET_CETERA = re.compile(r"等(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})?个?(?:示范|重点|试点)?$")
_NO_NAME = re.compile(
    r"[区局委部厅院校团队站会室馆网镇乡村学中寺司办组]$|(?:街道|机关|企业|学校|乡镇|家庭|单位|军营|部队|场所|市场|景区|宗教|医院|小区|居民|干部|群众)$"
)


def shared_suffix_start(view: str, line_start: int, start: int) -> int:
    """Return where a list of names that share the last word begins (祁连、永乐、昌盛|社区), or `start`."""
    if start == line_start or view[start - 1] not in "、和":
        return start
    listed = _NAMES.search(view, max(line_start, start - 60), start)
    if not listed:
        return start
    names = re.split("[、和]", listed[0])[:-1]
    at = start
    for name in reversed(names):
        begin = at - 1 - len(name)
        edge = nearest_break(view, begin, at - 1)
        if edge == at - 1 or _NO_NAME.search(view, edge, at - 1):
            return at
        if edge != begin or at - 1 - edge > 6:
            return edge if 2 <= at - 1 - edge <= 6 else at
        at = edge
    return at


def open_list_start(view: str, line_start: int, start: int) -> int | None:
    """Return where a list begins that ends in 等 before the last word (桥门、华林山等5个|社区), or None."""
    et_cetera = _ET_CETERA.search(view, max(line_start, start - 9), start)
    if et_cetera is None:
        return None
    end = et_cetera.start()
    last = nearest_break(view, line_start, end)
    if not 2 <= end - last <= 6 or _NO_NAME.search(view, last, end):
        return None
    first = shared_suffix_start(view, line_start, last)
    return first if first < last else None
