"""The alphabet of HTML: patterns over bytes and what each element does to a line of text.

Every pattern is linear on any input: runs are possessive, attributes bounded, ends optional.
"""

import html
import re
from typing import Final

from linli.reader.sources import elements

# Inside a tag: forty attributes with their quotes respected, then anything up to >.
_INSIDE = rb"(?:[^<>=]*+=\s*+(?:\"[^\"]*+\"|'[^']*+')?+){0,40}+[^<>]*+>|[^<>]*+>"

# What never shows: comments and elements with raw text. Unclosed they reach to the end, as in browsers.
UNSHOWN: Final = re.compile(
    rb"<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
    rb"|<(script|style|noscript|iframe|textarea|xmp|noembed|noframes)(?=[\s/>])"
    rb"(?:[^<]++|<(?!/\1[\s/>]))*+(?:</\1[^<>]*+>?|\Z)",
    re.IGNORECASE,
)

# Splits a page into text, "<name" or "</name", and the rest of the tag, in turn.
TAG: Final = re.compile(rb"(<(?:/?[a-zA-Z][^\s/<>]*+|[!?/]))(" + _INSIDE + rb")")

_META: Final = re.compile(rb"<meta(?=[\s/])(" + _INSIDE + rb")", re.IGNORECASE)
_TITLE: Final = re.compile(rb"<title(?=[\s>])[^<>]*+>((?:[^<]++|<(?!/title))*+)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    rb"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?"
)
# Words without which no tag hides its element.
SUSPECT: Final = re.compile(rb"none|hidden|NONE|HIDDEN")
_NAMED: Final = re.compile(
    rb"\s(?:class|id)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))", re.IGNORECASE
)

# An entity run or white space that shows as one space; a single space inside text is verbatim.
REPLACED: Final = re.compile(
    rb"((?:&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{0,31});?)++"
    rb"|[\t\n\f\r][\t\n\f\r ]*+| [\t\n\f\r ]++)"
)


def attributes(inside: bytes) -> dict[bytes, bytes]:
    """Return the first value of each attribute in the inside of a tag, names lower case."""
    found: dict[bytes, bytes] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), double or single or bare)
    return found


def named(inside: bytes) -> list[str]:
    """Return the class and id values in the inside of a tag, lower case, cut to a sensible length."""
    return [
        (a or b or c)[:100].decode("ascii", "replace").lower()
        for a, b, c in _NAMED.findall(inside[:4000])
    ]


def hides(opening: bytes, inside: bytes) -> bool:
    """True when a start tag says that its element is not shown."""
    if opening.lower() in elements.VOID or opening[1:2] == b"/":
        return False
    found = attributes(inside)
    style = found.get(b"style", b"").lower().translate(None, b" \t\r\n")
    return (
        b"hidden" in found
        or found.get(b"aria-hidden", b"").lower() == b"true"
        or b"display:none" in style
    )


def declared(data: bytes, encoding: str) -> dict[str, str]:
    """Return the title and the named meta values of a page; the first of a name counts."""
    found: dict[str, str] = {}
    if title := _TITLE.search(data):
        found["title"] = shown(title[1], encoding)
    for meta in list(_META.finditer(data, 0, 1_000_000))[:300]:
        given = attributes(meta[1])
        for key in (b"name", b"property", b"http-equiv", b"itemprop"):
            if key in given and b"content" in given:
                name = given[key].decode(encoding, "replace").strip().lower()
                found.setdefault(name, shown(given[b"content"], encoding))
    return found


def shown(raw: bytes, encoding: str) -> str:
    """Return raw markup text as one shown line: entities resolved, white space collapsed."""
    return " ".join(html.unescape(raw[:20_000].decode(encoding, "replace")).split())
