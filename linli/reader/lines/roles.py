"""What each line of the article is for, once its first and last line are known."""

from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from operator import add
from typing import NamedTuple

from linli.reader.lines import bottoms, containers, tops, wording
from linli.reader.lines.look import FURNITURE, OUTER
from linli.reader.lines.page import Page
from linli.reader.patterns import lazy
from linli.reader.reading import Line

LONGEST_HEADING = 40
# Below a title, before the text: "关注", "河南", a counter.
SHORTEST_HEAD = 7
# Below the source line words without any mark are tools up to this length.
SHORTEST_BARE = 12
_MARKED = lazy(r"[,、。:!?“《()]")
_UNSAID = frozenset({"plain", "link", "sentence", "menu", "foot", "section"})
_line = partial(tuple.__new__, Line)  # a third of the time of a call of Line
_BODY = ("main", "body")
_BLANK = ("boilerplate", "blank")
_FURNITURE = ("boilerplate", "furniture")
_META = ("meta", "meta")
_DUPLICATE = ("meta", "duplicate_title")


class Frame(NamedTuple):
    """The parts of an article as line numbers.

    first, last: the article; title: its title line; opening, closing: first and last sentence, both
    `last` when there is none; parted: the lowest furniture between title and opening, else `first`;
    addressed: where the readers are addressed (Dear residents:), else `opening`;
    titled: source lines stand between title and text;
    held: from where on one container of HTML holds the text;
    strict: a line of the head must show that it belongs (the page has furniture and sentences).
    """

    first: int
    last: int
    title: int | None
    opening: int
    closing: int
    parted: int
    addressed: int
    held: int
    titled: bool
    strict: bool


def assign(text: str, page: Page, first: int, last: int, title: int | None) -> tuple[Line, ...]:
    """Return one Line for each line of `text`, the article being lines [first, last] of `page`."""
    frame = _framed(page, first, last, title)
    closed = _closed(page, last)
    looks = page.looks
    # Below this a plain line can only be text: the page has no furniture that it could be.
    unheaded = len(looks) if frame.strict else 2 + (first if title is None else title)
    labels: list[tuple[str, str]] = []
    for number, look in enumerate(looks):
        kind = look.kind
        if kind == "blank":
            labels.append(_BLANK)
        elif not first <= number <= last:
            unsaid = kind in _UNSAID and number not in page.titles
            labels.append(_FURNITURE if unsaid else _outside(page, number, closed))
        elif kind == "sentence" and number > frame.opening:
            labels.append(_BODY)
        elif kind == "plain" and number > unheaded and number not in page.titles:
            labels.append(("main", _role(page, number, frame)))
        else:
            labels.append(_inside(page, number, frame))
    return _lines(text, labels)


def _lines(text: str, labels: Sequence[tuple[str, str]]) -> tuple[Line, ...]:
    sizes = list(map(len, text.split("\n")))
    starts = list(accumulate([size + 1 for size in sizes[:-1]], initial=0))
    ends = map(add, starts, sizes)
    return tuple(map(_line, zip(starts, ends, *zip(*labels, strict=True), strict=True)))


def _framed(page: Page, first: int, last: int, title: int | None) -> Frame:
    told = [n for n in range(first, last + 1) if page.looks[n].kind == "sentence"]
    opening, closing = (told[0], told[-1]) if told else (last, last)
    tools = [n for n in range(first, opening) if page.looks[n].kind in FURNITURE | OUTER]
    strict = bool(told) and page.furnished
    lowest = tools[-1] if tools else first
    addressed = next(
        (
            n
            for n in range(lowest + 1, opening)
            if wording.ADDRESSEE.match(page.rows[n]) and not bottoms.is_bare_label(page.rows[n])
        ),
        opening,
    )
    return Frame(
        first,
        last,
        title,
        opening,
        closing,
        tools[-1] if tools else first,
        addressed,
        containers.rise(page, opening, closing),
        any(page.looks[n].kind in {"meta", "date"} for n in range(first, opening)),
        strict,
    )


def _closed(page: Page, last: int) -> int:
    """The first line below the article that opens something else: dates below it are not its own."""
    return next((number for number in page.closing if number > last), len(page.rows))


def _outside(page: Page, number: int, closed: int) -> tuple[str, str]:
    kind = page.looks[number].kind
    if number in page.titles:
        return _DUPLICATE
    return _META if kind == "tail" or (kind == "meta" and number < closed) else _FURNITURE


def _inside(page: Page, number: int, frame: Frame) -> tuple[str, str]:
    if frame.title is not None and _is_title(page, frame.title, number):
        return "main", "title"
    if number in page.titles and number < frame.opening:
        return _DUPLICATE
    if _is_furniture(page, number, frame):
        return _FURNITURE
    return _META if _is_meta(page, number, frame) else ("main", _role(page, number, frame))


def _is_title(page: Page, title: int, number: int) -> bool:
    """The title itself, or the second half of it."""
    near = number in {title + 1, title + 2}
    return number == title or (near and tops.splits(page.rows[title], page.rows[number]))


def _is_furniture(page: Page, number: int, frame: Frame) -> bool:
    kind = page.looks[number].kind
    if kind in FURNITURE:
        return True
    if kind in OUTER:
        return number < frame.opening
    heads = frame.first < number < frame.opening and kind in {"plain", "keyed"}
    return heads and frame.strict and not _belongs(page.rows[number], number, frame)


def _belongs(row: str, number: int, frame: Frame) -> bool:
    """Whether a line between title and text is of the article: no tool parts it from the text."""
    if bottoms.is_bare_label(row) or row.isdigit():
        return False
    if number >= frame.held or number > frame.addressed or row[-1] in wording.STOPS:
        return True
    bracketed, near = wording.BRACKETED.match(row) is not None, number > frame.parted
    if len(row) < SHORTEST_HEAD and row[-1] != ":" and not wording.HEADING.match(row):
        return bracketed and near
    if bracketed or row.startswith(("——", "--", "—")) or "〔" in row:
        return True
    bare = len(row) < SHORTEST_BARE and _MARKED.search(row) is None
    return near and not (bare and frame.titled)


def _is_meta(page: Page, number: int, frame: Frame) -> bool:
    kind = page.looks[number].kind
    if kind == "tail" or (kind in {"meta", "date"} and number < frame.opening):
        return True
    if kind == "plain" and frame.strict and frame.first < number < frame.opening:
        return wording.PUBLISHER.fullmatch(page.rows[number]) is not None
    return kind == "meta" and (
        (number > frame.closing and not bottoms.is_row(page, number, 0))
        or wording.META_INSIDE.search(page.rows[number]) is not None
    )


def _role(page: Page, number: int, frame: Frame) -> str:
    row, kind = page.rows[number], page.looks[number].kind
    if kind in {"byline", "caption"}:
        return kind
    leads = frame.title is not None and number < frame.title
    if leads or (number < frame.opening and row.startswith(("——", "--", "—"))):
        return "subtitle"
    if kind == "date" or (kind == "plain" and number > frame.closing):
        return "signoff"
    short = kind in {"heading", "plain"} and len(row) <= LONGEST_HEADING and row[-1] not in ",、;"
    return "heading" if short and frame.opening <= number < frame.closing else "body"
