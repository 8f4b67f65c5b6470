"""Pieces of a page laid out as lines of text, each with its origin and each line with its hint."""

import html
from collections.abc import Sequence
from functools import partial
from itertools import accumulate, repeat

from linli.reader.reading import Origin
from linli.reader.sources import markup
from linli.reader.sources.rendering import Element, Piece
from linli.reader.sources.source import LineHint

_LINE_ENDS = str.maketrans("\n\r\t\0", "    ")
_NAMES = 8
_new = tuple.__new__  # half the time of calling the class, and there are hundreds
_origin = partial(_new, Origin)


def assemble(
    pieces: Sequence[Piece], rows: Sequence[Element], name: str
) -> tuple[str, tuple[Origin, ...], tuple[LineHint, ...]]:
    """Decode all pieces in one go; return the text, the origins of the pieces, a hint for each line.

    rows: the element of each line; name: the encoding.
    """
    if not pieces:
        return "", (), ()
    bodies, begins, ends, glues, links = zip(*pieces, strict=True)
    whole = b"\0".join(bodies).decode(name, "replace")
    words = whole.split("\0")
    if "&" in whole:
        words = [_unescaped(word) if "&" in word else word for word in words]
    between, stops = ["", *glues[1:]], list(ends)
    _trim(words, between, stops, begins, name)
    hints = _hints(rows, words, glues, links)
    laid = [""] * (2 * len(words))
    laid[0::2], laid[1::2] = between, words
    at = list(accumulate(map(len, laid)))
    places = zip(at[0::2], at[1::2], repeat("byte"), begins, stops, repeat(None))
    return "".join(laid), tuple(map(_origin, places)), hints


def _unescaped(word: str) -> str:
    return html.unescape(word).translate(_LINE_ENDS)


def _trim(
    words: list[str], between: list[str], stops: list[int], begins: Sequence[int], name: str
) -> None:
    """Drop white space from the ends of lines; what is verbatim loses its bytes as well."""
    last = len(words) - 1
    for turn in [turn for turn, word in enumerate(words) if word[-1:].isspace() or not word]:
        if turn < last and between[turn + 1] != "\n":
            continue
        here = turn
        while words[here][-1:].isspace() or not words[here]:
            word, kept = words[here], words[here].rstrip()
            if len(word.encode(name, "replace")) == stops[here] - begins[here]:
                stops[here] = begins[here] + len(kept.encode(name, "replace"))
            words[here] = kept
            if kept or here == 0 or between[here] == "\n":
                break
            between[here] = ""
            here -= 1


def _hints(
    rows: Sequence[Element], words: Sequence[str], glues: Sequence[str], links: Sequence[bool]
) -> tuple[LineHint, ...]:
    counts: list[int] = []
    for word, glue, link in zip(words, glues, links, strict=True):
        if glue == "\n":
            counts.append(len(word) if link else 0)
        elif link:
            counts[-1] += len(word)
    hints: list[LineHint] = []
    names = _Names()
    last, shown, most = None, "", -1
    for element, count in zip(rows, counts, strict=True):
        if element is not last:
            last, shown, most = element, " ".join(names.of(element)), -1
        if count != most:  # a menu has many lines of one length
            most = count
            hint = _new(LineHint, (element.tag, count, element.block, shown))
        hints.append(hint)
    return tuple(hints)


class _Names:
    """The classes and ids of elements and of those around them, worked out once for each."""

    def __init__(self) -> None:
        self._own: dict[bytes, list[str]] = {}
        self._all: dict[int, tuple[str, ...]] = {}

    def of(self, element: Element) -> tuple[str, ...]:
        """Return the names of an element and above, nearest first; the pass keeps elements alive."""
        unknown: list[Element] = []
        around: Element | None = element
        while around and id(around) not in self._all:
            unknown.append(around)
            around = around.parent
        names = self._all[id(around)] if around else ()
        for inner in reversed(unknown):
            if len(inner.inside) > 1:
                own = self._own.get(inner.inside)
                if own is None:
                    own = self._own[inner.inside] = markup.named(inner.inside)
                names = (*own, *names)[:_NAMES]
            self._all[id(inner)] = names
        return names
