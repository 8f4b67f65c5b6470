"""What each tag does to the page that is being written, by the first bytes of the tag."""

from collections.abc import Callable
from typing import Final

from linli.reader.sources import elements
from linli.reader.sources.rendering import Page

Action = tuple[Callable[[Page, str, bytes], None], str]


def _nothing(_page: Page, _tag: str, _inside: bytes) -> None:
    """An element that does not touch its line."""


UNKNOWN: Final[Action] = (_nothing, "unknown")
HIDE: Final[Action] = (_nothing, "hide")

_INLINE: Final[Action | None] = None

# What the start and end tags do, by their first bytes in lower case.
ACTIONS: Final[dict[bytes, Action | None]] = (
    {f"<{name}".encode(): (Page.open, name) for name in elements.BLOCKS}
    | {f"</{name}".encode(): (Page.close, name) for name in elements.BLOCKS}
    | {f"<{name}".encode(): (Page.cell, name) for name in ("td", "th")}
    | {f"</{name}".encode(): (Page.end_cell, name) for name in ("td", "th")}
    | {b"<tr": (Page.row, "tr"), b"</tr": (Page.end_row, "tr"), b"</table": (Page.end_row, "table")}
    | dict.fromkeys((b"<br", b"</br", b"<hr"), (Page.break_line, "br"))
    | {b"<a": (Page.link, "a"), b"</a": (Page.end_link, "a")}
    | {f"<{name}".encode(): HIDE for name in elements.UNSHOWN}
    | {f"<{name}".encode(): _INLINE for name in elements.INLINES}
    | {f"</{name}".encode(): _INLINE for name in elements.INLINES}
    | {b"<meta": (Page.declare, "meta")}
)
