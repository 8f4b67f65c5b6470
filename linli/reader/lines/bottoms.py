"""Where the article ends below its last sentence: sign-off, date, last words."""

from linli.reader.lines import containers, wording
from linli.reader.lines.look import FURNITURE, OUTER
from linli.reader.lines.page import LONGEST_TITLE, Page

# How many unknown lines a sign-off of each kind may stand below.
_PATIENCE = {"heading": 1, "keyed": 0, "caption": 2, "date": 2}
PENDING_AFTER = 2
PENDING_DOCUMENT = 12
# Shorter plain lines below a text are unknown tools more often than its last words.
SHORTEST_LAST = 10
LONGEST_BARE = 12
FEWEST_FOR_LAST = 4
FEWEST_ROWS = 6
# Longer lists of tasks are not looked at to their end.
LONGEST_LEDGER = 5000


def bottom(page: Page, first: int, last: int) -> int:
    """Return the last line of the article whose sentences are in [first, last]."""
    end, pending, dated = containers.reach(page, first, last), 0, False
    last = end
    limit = len(page.rows)
    for number in range(last + 1, limit):
        kind = page.looks[number].kind
        if kind == "blank":
            continue
        if kind in FURNITURE or kind in OUTER or (dated and page.rows[number].startswith("附件")):
            return _close(page, first, end, number)
        if kind == "tail" or (kind == "meta" and not is_row(page, number, pending)):
            return number - 1
        if wording.TABLE.match(page.rows[number]):
            return _below_table(page, number)
        if pending <= _patience(page, number) and _signs(page.rows[number], kind):
            end, pending = number, 0
            dated = dated or kind == "date"
        else:
            pending += 1
            if pending > LONGEST_LEDGER:
                return end
    return limit - 1 if pending <= PENDING_AFTER else end


def _patience(page: Page, number: int) -> int:
    """How many unknown lines may stand between the text and this line of its sign-off."""
    row, kind = page.rows[number], page.looks[number].kind
    if wording.CLOSED.match(row) or (kind == "date" and _is_issued(page, number)):
        return PENDING_DOCUMENT
    if kind == "plain" and wording.LABELLED.match(row):
        return 0
    return _PATIENCE.get(kind, 2)


def is_row(page: Page, number: int, pending: int) -> bool:
    """Whether a line with a label of a head is a row of the text above it: name, time, number."""
    row = page.rows[number]
    return (
        not pending
        and wording.ROW_LABELS.match(row) is not None
        and not wording.META_INSIDE.search(row)
    )


def _is_issued(page: Page, number: int) -> bool:
    """Whether a date stands below the name of who issues a document."""
    above = next((n for n in range(number - 1, max(-1, number - 3), -1) if page.rows[n]), number)
    return bool(wording.ISSUED.match(page.rows[number]) and wording.UNIT.match(page.rows[above]))


def _below_table(page: Page, head: int) -> int:
    """The last row of the table whose first row is `head`."""
    end = head
    for number in range(head + 1, len(page.rows)):
        kind = page.looks[number].kind
        if kind in FURNITURE or kind in {"meta", "tail"}:
            break
        end = end if kind == "blank" else number
    return end


def _close(page: Page, first: int, end: int, wall: int) -> int:
    if _is_ledger(page, end, wall):
        return wall - 1
    return _last_words(page, first, end, wall)


def _is_ledger(page: Page, end: int, wall: int) -> bool:
    """Rows of a task list: numbered, labelled or naming a unit, many of them."""
    filled = [n for n in range(end + 1, wall) if page.rows[n]]
    signs = sum(_signs(page.rows[n], page.looks[n].kind) for n in filled)
    return signs >= FEWEST_ROWS and signs >= 0.4 * len(filled)


def _last_words(page: Page, first: int, end: int, wall: int) -> int:
    """At a wall: what stands in one container with the text is ours; rows of an address just above a footer are footer; the last words may be ours."""
    if page.looks[wall].kind == "foot":
        while end > first and (
            page.looks[end].kind in {"keyed", "blank"}
            or (page.looks[end].kind == "plain" and wording.LABELLED.match(page.rows[end]))
        ):
            end -= 1
        return end
    plain = [n for n in range(end + 1, wall) if page.rows[n]]
    if page.blocks and plain and all(page.blocks[n] == page.blocks[end] for n in plain):
        return wall - 1
    prose = sum(page.looks[n].kind == "sentence" for n in range(first, end + 1))
    ours = (
        page.looks[wall].kind in {"tool", "neighbour", "section", "notice"}
        and len(plain) <= PENDING_AFTER
        and (prose >= FEWEST_FOR_LAST or all("," in page.rows[n] for n in plain))
        and all(len(page.rows[n]) >= SHORTEST_LAST for n in plain)
    )
    return wall - 1 if ours else end


def is_bare_label(row: str) -> bool:
    """A short label with nothing behind it, and no address to readers."""
    return row[-1] == ":" and len(row) <= LONGEST_BARE and not wording.ADDRESSED.search(row)


def _signs(row: str, kind: str) -> bool:
    if is_bare_label(row):
        return False
    if kind in {"date", "heading", "keyed", "caption", "byline", "sentence", "meta"}:
        return True
    if row[-1] == "。" or row.endswith(("。”", "!”", "?”")):
        return True
    return len(row) <= LONGEST_TITLE and bool(
        wording.CLOSED.match(row)
        or wording.LABELLED.match(row)
        or wording.UNIT.match(row)
        or wording.BRACKETED.match(row)
    )
