"""What the elements of HTML are: which break a line, hold lines together, or never show."""

from typing import Final

_BLOCKS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p
    pre section summary table tbody tfoot thead ul
"""
_CONTAINERS = """
    article aside blockquote body center div dl footer form header main nav ol section table td th ul
"""
_SELF_ENDING = "p li dt dd tr td th h1 h2 h3 h4"
_INLINES = "span font strong b em i u small sup sub label ins del o:p img input meta link ! ? /"
_UNSHOWN = "title template select datalist svg canvas"
_VOID = "img input br hr meta link col embed source wbr area base param track"

BLOCKS: Final = tuple(_BLOCKS.split())
CONTAINERS: Final = frozenset(_CONTAINERS.split())
# A second one of these ends the first when its end tag was left out.
SELF_ENDING: Final = frozenset(_SELF_ENDING.split())
# The inline elements met most; an element that is not known is inline too.
INLINES: Final = tuple(_INLINES.split())
UNSHOWN: Final = tuple(_UNSHOWN.split())
# These have no inside that could be hidden.
VOID: Final = frozenset(f"<{name}".encode() for name in _VOID.split())
