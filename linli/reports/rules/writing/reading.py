"""A template's text, or a passage by hand, read into blocks: Markdown without links, pictures or HTML, and figures in braces. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from linli.reports.rules.paper import Plain
from linli.reports.rules.writing.braces import CLOSE, OPEN, Hand, read_braces
from linli.reports.rules.writing.parts import (
    Asked,
    BlockAsked,
    ByHand,
    Grid,
    HeadingAsked,
    ListAsked,
    ParagraphAsked,
    Part,
    Parts,
    TableAsked,
    Text,
    Wrong,
)

DEEPEST = 4  # of headings
MOST_FIGURES = 2000
_BROKEN = "\n"  # where a line ends inside a paragraph
_WIDE = 0x2E80  # from here on letters stand without spaces between them


def read_text(text: str, *, by_hand: bool = False) -> Text:
    """Return the blocks of a text and what is wrong with it, by line. by_hand: it is itself a passage by hand."""
    reader = _Reader(by_hand=by_hand)
    blocks = tuple(reader.blocks(_markdown().parse(text)))
    read = Text(blocks, tuple(sorted(reader.wrong)))
    if len(read.asked()) > MOST_FIGURES:
        return Text((), (Wrong(1, "too_many_figures", str(MOST_FIGURES)), *read.wrong))
    return read


class _Piece(NamedTuple):
    """What an inline token is, and the line where it stands."""

    means: Part | Grid | Hand | Wrong
    line: int


class _Reader:
    """Walks once over the tokens of a text."""

    def __init__(self, *, by_hand: bool) -> None:
        self.wrong: list[Wrong] = []
        self._by_hand = by_hand
        self._numbers = count(1)

    def blocks(self, tokens: Sequence[Token]) -> Iterator[BlockAsked]:
        """Yield the blocks of these tokens."""
        waiting = iter(tokens)
        for token in waiting:
            match token.type:
                case "heading_open":
                    yield self._heading(token, next(waiting))
                case "inline":
                    yield from self._paragraph(token)
                case "bullet_list_open" | "ordered_list_open":
                    inside = _until(waiting, token)
                    items = tuple(self._parts(one) for one in inside if one.type == "inline")
                    yield ListAsked(items, token.type == "ordered_list_open")
                case "table_open":
                    yield self._table(list(_until(waiting, token)))

    def _heading(self, opening: Token, inline: Token) -> HeadingAsked:
        level = int(opening.tag[1:])
        if level > DEEPEST:
            self.wrong.append(Wrong(_line(inline), "too_deep", "#" * level))
        return HeadingAsked(min(level, DEEPEST), self._parts(inline))

    def _paragraph(self, inline: Token) -> Iterator[BlockAsked]:
        pieces = list(_pieces(inline))
        if len(pieces) == 1:
            means, line = pieces[0]
            if isinstance(means, Grid):
                yield means
                return
            if isinstance(means, Hand):
                if self._by_hand:
                    self.wrong.append(Wrong(line, "by_hand_inside"))
                else:
                    yield ByHand(next(self._numbers), means.about, line)
                return
        yield ParagraphAsked(self._parts(inline, pieces))

    def _table(self, tokens: list[Token]) -> TableAsked:
        rows: list[list[Parts]] = []
        line = 1
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                line = token.map[0] + 1 if token.map else line
            elif token.type == "inline":
                rows[-1].append(self._parts(token, list(_pieces(token, line))))
        head, *others = (tuple(row) for row in rows)
        return TableAsked(head, tuple(others))

    def _parts(self, inline: Token, pieces: Iterable[_Piece] | None = None) -> Parts:
        """Return words and figures; whatever else stands there is wrong."""
        parts: list[Part] = []
        for means, line in _pieces(inline) if pieces is None else pieces:
            if isinstance(means, Plain | Asked):
                parts.append(means)
            elif isinstance(means, Wrong):
                self.wrong.append(means)
            else:
                alone = "table_alone" if isinstance(means, Grid) else "by_hand_alone"
                self.wrong.append(Wrong(line, alone))
        return tuple(_joined(parts))


def _until(waiting: Iterator[Token], opening: Token) -> Iterator[Token]:
    """Yield the tokens up to the one that closes what was opened."""
    closing = opening.type.replace("_open", "_close")
    for token in waiting:
        if token.type == closing and token.level == opening.level:
            return
        yield token


def _pieces(inline: Token, line: int = 0) -> Iterator[_Piece]:
    strong = emphasis = 0
    line = line or _line(inline)
    for token in inline.children or ():
        strong += _step(token, "strong")
        emphasis += _step(token, "em")
        if token.type == "braces":
            at = line + token.meta["lines"]
            if token.info == "open":
                yield _Piece(Wrong(at, "not_closed", token.content[:80]), at)
            else:
                yield _Piece(read_braces(token.content, at), at)
        elif token.type in {"softbreak", "hardbreak"}:
            yield _Piece(Plain(_BROKEN), line)
        elif token.type == "text" and token.content:
            yield _Piece(Plain(token.content, bool(strong), bool(emphasis)), line)


def _step(token: Token, name: str) -> int:
    return {f"{name}_open": 1, f"{name}_close": -1}.get(token.type, 0)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Put lines together that were broken: by a space, but not between letters that stand without."""
    for number, part in enumerate(parts):
        if part != Plain(_BROKEN):
            yield part
        elif not _stands_close(parts[number - 1 : number], parts[number + 1 : number + 2]):
            yield Plain(" ")


def _stands_close(before: list[Part], after: list[Part]) -> bool:
    """Say whether a letter beside a broken line is of those that stand without spaces."""
    last = [part.words[-1] for part in before if isinstance(part, Plain)]
    first = [part.words[0] for part in after if isinstance(part, Plain)]
    return any(ord(letter) >= _WIDE for letter in (*last, *first))


def _line(inline: Token) -> int:
    return inline.map[0] + 1 if inline.map else 1


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("zero").enable(["heading", "list", "table", "emphasis", "escape", "newline"])
    made.inline.ruler.before("newline", "braces", _braces)
    return made


def _braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the library calls it
    """Take what stands between two braces; without their end, all that is left."""
    if not state.src.startswith(OPEN, state.pos):
        return False
    end = state.src.find(CLOSE, state.pos)
    if not silent:
        token = state.push("braces", "", 0)
        start = state.pos + len(OPEN)
        token.content = state.src[start : end if end >= 0 else len(state.src)]
        token.info = "whole" if end >= 0 else "open"
        token.meta = {"lines": state.src.count("\n", 0, state.pos)}
    state.pos = end + len(CLOSE) if end >= 0 else len(state.src)
    return True
