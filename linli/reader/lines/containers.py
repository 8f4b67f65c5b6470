"""What the containers of HTML say of an article: how far the one that holds its sentences reaches."""

from linli.reader.lines.look import FURNITURE
from linli.reader.lines.page import Page

_ENDING = FURNITURE | {"tail", "meta"}


def rise(page: Page, first: int, last: int) -> int:
    """Return the first line that the named container of sentences [first, last] holds."""
    name = _shared(page, first, last) if page.names else ""
    if not name or _is_of_page(page, name, first, last):
        return first
    start = first
    for number in range(first - 1, -1, -1):
        if not page.names[number].endswith(name) or page.looks[number].kind in _ENDING:
            break
        start = number
    return start


def reach(page: Page, first: int, last: int) -> int:
    """Return the last line that the named container of sentences [first, last] holds.

    A container that also holds a footer or a menu is the page's and says nothing, as no name does.
    """
    name = _shared(page, first, last) if page.names else ""
    if not name or _is_of_page(page, name, first, last):
        return last
    end = last
    for number in range(last + 1, len(page.rows)):
        if not page.names[number].endswith(name) or page.looks[number].kind in _ENDING:
            break
        end = number
    return end


def _shared(page: Page, first: int, last: int) -> str:
    """The names, outermost last, that all sentences from first to last stand in."""
    names = {page.names[n] for n in range(first, last + 1) if page.looks[n].kind == "sentence"}
    shared: list[str] = []
    for words in zip(*(reversed(name.split(" ")) for name in names), strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    return " ".join(reversed(shared))


def _is_of_page(page: Page, name: str, first: int, last: int) -> bool:
    return any(
        page.names[number].endswith(name) for number in page.closing if not first <= number <= last
    )
