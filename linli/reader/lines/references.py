"""The list of sources below a text: [1] …, [2] …, each with an address. It is not the article."""

from collections.abc import Sequence

from linli.reader.patterns import lazy

_ENTRY = lazy(r"\[(\d{1,4})\] ?\S")
_ADDRESS = lazy(r"://|\bwww\.|\bdoi\b")
# An entry printed on paper may go on in so many lines.
_LONGEST = 6
_LONGEST_TITLE = 30
_STOPS = "。;:,!?"


def first(rows: Sequence[str]) -> int:
    """Return the line at which the list or its heading begins, else how many lines there are.

    rows: stripped and folded. Its entries count down to 1 as one reads upwards, most with an address.
    """
    expected, addressed, told, count, between = 0, False, 0, 0, 0
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        if not row:
            continue
        between += 1
        addressed = addressed or _ADDRESS.search(row) is not None
        entry = _ENTRY.match(row)
        if entry and expected in {0, int(entry[1])}:
            expected, told, count = int(entry[1]) - 1, told + addressed, count + 1
            addressed, between = False, 0
            if not expected:
                return _with_title(rows, number) if 2 * told > count else len(rows)
        elif between > _LONGEST:
            break
    return len(rows)


def _with_title(rows: Sequence[str], first: int) -> int:
    above = next((n for n in range(first - 1, -1, -1) if rows[n]), None)
    if above is None or len(rows[above]) > _LONGEST_TITLE or rows[above][-1] in _STOPS:
        return first
    return above
