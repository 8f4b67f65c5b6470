"""Brush writing for the demo's works: a few characters of straight strokes, drawn on ruled paper."""

import io
from itertools import pairwise

from PIL import Image, ImageDraw

_SIDE = 420
_INK, _PAPER, _RULE = "#231a14", "#f6efe0", "#d9b8a6"
# Strokes of each character, as points of a square of 100.
_STROKES: dict[str, list[list[tuple[int, int]]]] = {
    "一": [[(15, 52), (85, 48)]],
    "三": [[(25, 25), (75, 23)], [(30, 50), (70, 48)], [(15, 78), (85, 75)]],
    "十": [[(15, 48), (85, 45)], [(50, 12), (50, 90)]],
    "人": [[(50, 12), (44, 45), (15, 88)], [(48, 38), (62, 65), (88, 88)]],
    "大": [[(15, 38), (85, 35)], [(50, 10), (45, 50), (14, 90)], [(50, 40), (64, 68), (88, 90)]],
    "天": [[(25, 20), (75, 18)], [(15, 46), (85, 43)], [(50, 20), (45, 55), (14, 90)], [(50, 46), (64, 70), (88, 90)]],
    "木": [[(15, 35), (85, 32)], [(50, 10), (50, 92)], [(48, 36), (34, 60), (13, 76)], [(52, 36), (66, 60), (87, 76)]],
    "山": [[(50, 12), (50, 80)], [(20, 42), (20, 82), (80, 80)], [(80, 40), (80, 86)]],
    "口": [[(22, 25), (25, 82)], [(22, 25), (78, 23), (75, 80)], [(25, 78), (75, 76)]],
    "日": [[(28, 15), (28, 88)], [(28, 15), (72, 14), (72, 88)], [(30, 50), (70, 49)], [(28, 84), (72, 83)]],
    "田": [[(18, 20), (20, 85)], [(18, 20), (82, 18), (80, 84)], [(20, 51), (80, 50)], [(50, 20), (50, 82)], [(20, 82), (80, 81)]],
    "中": [[(22, 30), (25, 65)], [(22, 30), (78, 28), (75, 63)], [(25, 61), (75, 60)], [(50, 8), (50, 95)]],
}  # fmt: skip


def written(characters: str) -> bytes:
    """Return the characters as they would be brushed, one under the other, as PNG."""
    paper = Image.new("RGB", (_SIDE, _SIDE * len(characters)), _PAPER)
    draw = ImageDraw.Draw(paper)
    for number, character in enumerate(characters):
        top = number * _SIDE
        _rule(draw, top)
        for stroke in _STROKES[character]:
            _brush(draw, stroke, top)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def _rule(draw: ImageDraw.ImageDraw, top: int) -> None:
    last, half = _SIDE - 12, _SIDE // 2
    draw.rectangle((12, top + 12, last, top + last), outline=_RULE, width=3)
    draw.line((12, top + half, last, top + half), fill=_RULE)
    draw.line((half, top + 12, half, top + last), fill=_RULE)


def _brush(draw: ImageDraw.ImageDraw, stroke: list[tuple[int, int]], top: int) -> None:
    """Press at both ends, lift in between."""
    scale, steps = (_SIDE - 60) / 100, 90
    for (x, y), (to_x, to_y) in pairwise(stroke):
        for step in range(steps + 1):
            part = step / steps
            press = 15 - 26 * part * (1 - part)
            at_x = 30 + scale * (x + (to_x - x) * part)
            at_y = top + 30 + scale * (y + (to_y - y) * part)
            draw.ellipse((at_x - press, at_y - press, at_x + press, at_y + press), fill=_INK)
