"""What may be wrong with the translation of one text. Pure: it sees the original and the words, nothing else.

Texts stand in pages unescaped, in attributes too: marks of HTML and straight quotes come from the original alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words

_NAMED = re.compile(r"%\([^()%]*\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]")
_BRACED = re.compile(r"\{[^{}]*\}")
_FORMAT = re.compile(r"%[#0\- +.*\d]*[a-zA-Z(%]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What turns the direction of a line round without a mark that a reader of the file would see.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST = 10  # times the original, and
_SPARE = 200  # characters

WRONGS: Final[Mapping[str, Words]] = {
    "placeholder": _("What is filled in here (%(name)s, {name}) differs from the original."),
    "percent": _("A percent sign that the original has not, or not doubled (%%)."),
    "tag": _("The marks of HTML differ from the original."),
    "quote": _("A straight quotation mark that the original has not. Use curly ones."),
    "control": _("A character that cannot be seen."),
    "too_long": _("Far longer than the original."),
    "plural": _("Not as many forms of number as the language has, or some of them are empty."),
    "twice": _("The same text stands above, translated otherwise."),
}


def faults_of(original: Sequence[str], said: Sequence[str], forms: int) -> list[str]:
    """Return the codes of what is wrong with a translation; one that is empty throughout is only lacking.

    `original`: singular, and plural when there is one; `said`: one string a form; `forms`: how many the language has.
    """
    if not any(said):
        return []
    if len(said) != (forms if len(original) > 1 else 1) or not all(said):
        return ["plural"]
    return [code for code, wrong in _ASKED.items() if any(wrong(original, one) for one in said)]


def _placeholder(original: Sequence[str], said: str) -> bool:
    named = {*_NAMED.findall(said)}
    braced = Counter(_BRACED.findall(said)), _loose(said)
    return all(
        named != {*_NAMED.findall(one)} or braced != (Counter(_BRACED.findall(one)), _loose(one))
        for one in original
    )


def _loose(text: str) -> int:
    """Count braces that belong to no pair."""
    return len(re.findall(r"[{}]", _BRACED.sub("", text)))


def _percent(original: Sequence[str], said: str) -> bool:
    filled = any(_NAMED.search(one) or "%%" in one for one in original)
    if not filled:
        # It may be filled in with nothing: what reads as a place to fill would stop the page.
        return bool(_FORMAT.search(said)) and not any("%" in one for one in original)
    return "%" in _NAMED.sub("", said).replace("%%", "")


def _tag(original: Sequence[str], said: str) -> bool:
    return all(_marks(one) != _marks(said) for one in original)


def _marks(text: str) -> tuple[list[str], int, int]:
    rest = _TAG.sub("", text)
    return sorted(_TAG.findall(text)), rest.count("<"), rest.count(">")


def _quote(original: Sequence[str], said: str) -> bool:
    return '"' in _TAG.sub("", said) and not any('"' in _TAG.sub("", one) for one in original)


def _control(original: Sequence[str], said: str) -> bool:
    kept = {sign for one in original for sign in one}
    return any(
        sign not in kept and (sign in _TURNS or unicodedata.category(sign) in {"Cc", "Cs", "Co"})
        for sign in said
    )


def _too_long(original: Sequence[str], said: str) -> bool:
    return len(said) > _LONGEST * max(map(len, original)) + _SPARE


_ASKED: Final[Mapping[str, Callable[[Sequence[str], str], bool]]] = {
    "placeholder": _placeholder,
    "percent": _percent,
    "tag": _tag,
    "quote": _quote,
    "control": _control,
    "too_long": _too_long,
}
