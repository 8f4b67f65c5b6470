"""Sounds that a page prints inside words, 3個(gè)月: they part no number from its measure word."""

from linli.reader import units
from linli.reader.patterns import lazy
from linli.reader.units import Word

_GLOSS = lazy(r"\([a-zà-öø-ÿāēěīńňōūǎǐǒǔǖǘǚǜ]{1,7}\)")
_LONGEST = 4


def after(view: str, position: int) -> int:
    """Return where a gloss that begins at `position` ends; `position` when there is none."""
    match = _GLOSS.match(view, position)
    return match.end() if match else position


def onward(view: str, word: Word) -> Word:
    """Return `word`, or the longer one that goes on behind its gloss: 個(gè)月 is months."""
    behind = after(view, word.end)
    if behind == word.end:
        return word
    longer = units.at(word.plain + view[behind : behind + _LONGEST], 0)
    if longer is None or len(longer.plain) <= len(word.plain):
        return word
    return longer._replace(end=behind + len(longer.plain) - len(word.plain))
