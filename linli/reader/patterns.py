"""Patterns that are compiled when first asked: to compile them all takes longer than to read a page."""

import re
from typing import cast

_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Compiled:
    """A pattern in use: the methods lie on the object, found as quickly as any attribute."""


class _Lazy:
    """What stands for a pattern; its methods become those of the pattern at the first use."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for asked in _ASKED:
            setattr(self, asked, getattr(compiled, asked))
        # From here on a plain object: a class with __getattr__ makes every look-up a slow one.
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use; as quick as any other from then on.

    It searches, matches, splits and replaces; it has no attributes such as `groups`.
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
