"""Teams that are set up together, each named by its task alone: 组建宣传教育组、督察组、保障组."""

import re

from linli.reader.bodies.spotted import Spotted
from linli.reader.reading import Span

_SET_UP = re.compile(
    r"(?:组建|设立|成立|下设|分设|设)[了有]?(?:[0-9一二三四五六七八九十]{1,2}个)?"
    r"((?:[一-鿿]{2,8}组[、和及]){1,9}[一-鿿]{2,8}组)(?![织建成合长员委])"
)


def beside(view: str, line: Span, bodies: list[Spotted]) -> list[Spotted]:
    """Add the teams of such a list to the bodies of a line."""
    if view.find("组、", line.start, line.end) < 0:
        return bodies
    found: list[Spotted] = []
    for listed in _SET_UP.finditer(view, line.start, line.end):
        at = listed.start(1)
        for name in re.split("[、和及]", listed[1]):
            found.append(Spotted(at, at + len(name), "office", "组", "组"))
            at += len(name) + 1
    if not found:
        return bodies
    taken = {at for body in bodies for at in range(body.start, body.end)}
    return sorted([*bodies, *(team for team in found if team.end - 1 not in taken)])
