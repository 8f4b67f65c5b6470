"""Where the article begins above its first sentence: title, subtitle, byline."""

from linli.reader.lines import wording
from linli.reader.lines.look import BARRIERS, CLAUSE, FURNITURE, OUTER
from linli.reader.lines.page import FARTHEST, LONGEST_TITLE, Page, furnished

# Menu words and names of columns are shorter than titles.
SHORTEST_TITLE = 7
SHORTEST_OF_ALL = 3
# A title that the page repeats elsewhere may stand so far above its source lines.
TITLE_ABOVE = 12
# A title that reads like a sentence is shorter than one.
LONGEST_TOLD = 60
# A head without furniture above it, the longest head that is walked up, the deepest source line.
WHOLE_HEAD = 6
LONGEST_HEAD = 12
DEEPEST_HEAD = 16
_SOURCE_LINES = frozenset({"meta", "date", "blank"})


def top(page: Page, first: int) -> tuple[int, int | None]:
    """Return the first line of the article and the line of its title, None when it has none."""
    start, title = _top(page, first)
    if title is None or len(page.rows[title]) < SHORTEST_TITLE:
        return start, title
    again = [n for n in range(title + 1, first) if page.rows[n] == page.rows[title]]
    return (again[-1], again[-1]) if again else (start, title)


def _top(page: Page, first: int) -> tuple[int, int | None]:
    ceiling, source = _ceiling(page, first)
    highest = min(ceiling, first if source is None else source) - TITLE_ABOVE
    repeated = [number for number in page.titles if highest <= number < first]
    if repeated:
        return _head_of_subtitle(page, max(repeated)), max(repeated)
    above = None if source is None else _title_above(page, source)
    if above is not None:
        return above, above
    start = _walk_up(page, first, ceiling) if source is None else source + 1
    upper = _first_title(page, start, first)
    if upper is not None:
        return upper, _below_kicker(page, upper, first)
    title = _short_title(page, first if source is None else source)
    if title is None and page.looks[first].weight == CLAUSE.weight:
        title = first
    return (start if title is None else title), title


def whole(page: Page) -> tuple[int, int, int | None]:
    """A text without furniture is article from its first line to its last."""
    filled = [number for number, row in enumerate(page.rows[:FARTHEST]) if row]
    title = filled[0] if filled and can_be_title(page, filled[0]) and len(page.rows) > 1 else None
    if title is not None:
        title = _below_kicker(page, title, len(page.rows))
    return 0, len(page.rows) - 1, title


def can_be_title(page: Page, number: int) -> bool:
    look = page.looks[number]
    return look.kind in {"plain", "heading", "caption"} and len(page.rows[number]) <= LONGEST_TITLE


def _ceiling(page: Page, first: int) -> tuple[int, int | None]:
    """Return the line below which the head may stand, and the upper end of its source lines.

    Between a source line and the text anything may stand but other text.
    """
    wall: int | None = None
    source: int | None = None
    passed = 0
    for number in range(first - 1, max(-1, first - FARTHEST), -1):
        kind = page.looks[number].kind
        passed += kind != "blank"
        if kind == "sentence" or (source is not None and kind not in _SOURCE_LINES):
            wall = number + 1 if wall is None else wall
            break
        if kind == "meta" or (kind == "date" and source is None and wall is None):
            source = number
        elif (kind in BARRIERS or kind in OUTER) and wall is None:
            wall = number + 1
        if passed > DEEPEST_HEAD and source is None:
            break
    return max(0, first - FARTHEST) if wall is None else wall, source


def _title_above(page: Page, source: int) -> int | None:
    """Return the nearest line above the source line that can be a title; a publisher as a last resort."""
    publisher: int | None = None
    for number in range(source - 1, max(-1, source - TITLE_ABOVE), -1):
        kind, row = page.looks[number].kind, page.rows[number]
        if kind in BARRIERS:
            break
        told = kind == "sentence" and len(row) < LONGEST_TOLD
        if wording.NUMBER_OF_DOCUMENT.fullmatch(row):
            continue
        if len(row) < SHORTEST_TITLE or not (told or can_be_title(page, number)):
            continue
        if publisher is None and wording.PUBLISHER.fullmatch(row):
            publisher = number
            continue
        return _head_of_subtitle(page, number)
    return publisher


def _short_title(page: Page, source: int) -> int | None:
    """A line too short for a title, when it stands alone between a breadcrumb and a source line."""
    filled = [n for n in range(source - 1, max(-1, source - TITLE_ABOVE), -1) if page.rows[n]][:2]
    if len(filled) < 2 or not can_be_title(page, filled[0]):
        return None
    row = page.rows[filled[0]]
    led = page.looks[filled[1]].kind == "path" or wording.TITLE_END.search(row)
    return filled[0] if led and len(row) >= SHORTEST_OF_ALL else None


def _head_of_subtitle(page: Page, number: int) -> int:
    """From a subtitle (——…) or the second half of a title go up to where the title begins."""
    for above in range(number - 1, max(-1, number - 4), -1):
        kind = page.looks[above].kind
        if kind == "blank":
            continue
        if (
            kind == "plain"
            and len(page.rows[above]) >= SHORTEST_TITLE - 2
            and goes_on(page.rows[above], page.rows[number])
        ):
            return above
        break
    return number


def goes_on(upper: str, lower: str) -> bool:
    """Whether `lower` cannot stand alone as a title below `upper`."""
    return lower.startswith(("——", "--", "—")) or splits(upper, lower)


def splits(upper: str, lower: str) -> bool:
    """Whether the two are the halves of one title of an official document: 关于印发…/…的通知."""
    if not upper or upper[-1] in wording.STOPS or "关于" not in upper or "关于" in lower:
        return False
    return wording.TITLE_END.search(lower) is not None and not wording.TITLE_END.search(upper)


def _walk_up(page: Page, first: int, ceiling: int) -> int:
    """Without a source line: up over what reads like a head, until short words of a menu."""
    above = [n for n in range(ceiling, first) if page.rows[n]]
    if ceiling == 0 and len(above) <= WHOLE_HEAD and not furnished(page, above):
        return above[0] if above else first
    start, titled = first, False
    for number in reversed(above[-LONGEST_HEAD:]):
        kind = page.looks[number].kind
        short = len(page.rows[number]) < SHORTEST_TITLE
        if kind == "tool":
            continue
        if kind in FURNITURE or kind in OUTER or kind == "tail" or (short and titled):
            break
        titled = titled or not short
        start = number
    return start


def _first_title(page: Page, start: int, first: int) -> int | None:
    """The topmost line that is long enough for a title; without one the topmost kept line."""
    bare = not furnished(page, range(start))
    for number in range(start, first):
        if can_be_title(page, number) and (len(page.rows[number]) >= SHORTEST_TITLE or bare):
            return number
    return None


def _below_kicker(page: Page, upper: int, first: int) -> int:
    """The headline when `upper` only leads to it: a line of its kind, then a subtitle or byline."""
    below = [n for n in range(upper + 1, first) if page.rows[n]][:2]
    if len(below) < 2 or not can_be_title(page, below[0]):
        return upper
    kicker, headline, after = page.rows[upper], page.rows[below[0]], page.rows[below[1]]
    if (
        len(headline) < SHORTEST_TITLE
        or headline.startswith(("—", "--"))
        or splits(kicker, headline)
    ):
        return upper
    if (
        wording.TITLE_END.search(kicker)
        or wording.UNIT.fullmatch(headline)
        or wording.BRACKETED.match(headline)
    ):
        return upper
    signed = page.looks[below[1]].kind == "byline" and len(headline) <= 1.5 * len(kicker)
    return below[0] if after.startswith(("—", "--")) or signed else upper
