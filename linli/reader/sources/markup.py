"""The alphabet of HTML: patterns over bytes and what each element does to a line of text.

Every pattern is linear on any input: runs are possessive, attributes bounded, ends optional.
"""

import html
import re
from typing import Final

from linli.reader.sources import elements


def run(body: bytes, *, least: bytes = b"*") -> bytes:
    """Return the pattern of as many as there are, or with `least` b"+" of at least one, that are never given back.

    A thousand are forgotten at a time: of ten million in one group each would be remembered to the group's end.
    Possessive repeats would do, but Python before 3.11.5 misreads those of groups.
    """
    return rb"(?>(?:(?>(?:" + body + rb"){1,1000}))" + least + rb")"


# Inside a tag: forty attributes with their quotes respected, then anything up to >.
_INSIDE = rb"(?>(?:[^<>=]*+=\s*+(?>(?:\"[^\"]*+\"|'[^']*+')?)){0,40})[^<>]*+>|[^<>]*+>"

# What never shows: comments and elements with raw text. Unclosed they reach to the end, as in browsers.
_UNSHOWN = (
    rb"<(?:!--(?:-?>|" + run(rb"[^-]++|-(?!-!?>)") + rb"(?:--!?>|\Z))"
    rb"|(?=[sSnNiItTxX])(?i:"
    rb"(?P<raw>script|style|noscript|iframe|textarea|xmp|noembed|noframes)(?=[\s/>])"
    + run(rb"[^<]++|<(?!/(?P=raw)[\s/>])")
    + rb"(?:</(?P=raw)[^<>]*+>?|\Z)))"
)
UNSHOWN: Final = re.compile(_UNSHOWN)

# Most tags of a news page are links, alone or as a list item: one token instead of two or four.
_SPACE = rb"[ \t\n\r\f\v]*+"
_WORD = rb"[^ \t\n\r\f\v<>&]++"
_LINK = (
    rb"((?>(?:<li(?P<item>>|\s[^>]{0,500}+>)" + _SPACE + rb")?)<a\s[^>]{0,500}+>(?(item)" + _SPACE + rb"))"
    rb"(" + _WORD + rb"(?>(?: " + _WORD + rb")*))"
    rb"(?(item)" + _SPACE + rb"</a>" + _SPACE + rb"</li>" + _SPACE + rb"|</a>)"
)  # fmt: skip

# Cuts a page into tokens that leave no byte out. Groups: the whole token; the text before the tag;
# of a link its start tags, the inside of its list item, its words; the name of what never shows;
# of a tag "<name" or "</name" and its rest, which is empty where no tag ends: then it is text.
TOKEN: Final = re.compile(
    rb"(([^<]*+"
    + run(rb"<(?![a-zA-Z/!?])[^<]*+")
    + rb")(?:"
    + _LINK
    + rb"|"
    + _UNSHOWN
    + rb"|(<(?:/?[a-zA-Z][^ \t\n\r\f\v/<>]*+|[!?/]))(>|"
    + _INSIDE
    + rb"|)|\Z))"
)

_TITLE: Final = re.compile(rb"[^<>]*+>(" + run(rb"[^<]++|<(?!/title)") + rb")", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    rb"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?"
)
# Words without which no tag hides its element.
_SUSPECT: Final = (b"none", b"hidden", b"doc-toc")
_NAMED: Final = re.compile(
    rb"\s(?:class|id)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))", re.IGNORECASE
)

# An entity run or white space that shows as one space; a single space inside text is verbatim.
REPLACED: Final = re.compile(
    rb"("
    + run(rb"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{0,31});?", least=b"+")
    + rb"|[\t\n\f\r][\t\n\f\r ]*+| [\t\n\f\r ]++)"
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
    """True when a start tag says that its element is not shown, or a table of contents: it repeats the headings."""
    if opening.lower() in elements.VOID or opening[1:2] == b"/":
        return False
    found = attributes(inside)
    style = found.get(b"style", b"").lower().translate(None, b" \t\r\n")
    return (
        b"hidden" in found
        or found.get(b"aria-hidden", b"").lower() == b"true"
        or b"display:none" in style
        or found.get(b"role") == b"doc-toc"
    )


def suspects(data: bytes) -> list[int]:
    """Return the places, in order, near which a tag may say that its element is not shown."""
    lower = data.lower()
    found = []
    for word in _SUSPECT:
        at = lower.find(word)
        while at >= 0:
            found.append(at)
            at = lower.find(word, at + 1)
    return sorted(found)


def declared(title: bytes, metas: list[bytes], encoding: str) -> dict[str, str]:
    """Return the title and the named meta values of a page; the first of a name counts.

    title: the page from the inside of its title tag on, or nothing; metas: the insides of its meta tags.
    """
    found: dict[str, str] = {}
    if raw := _TITLE.match(title):
        found["title"] = shown(raw[1], encoding)
    for inside in metas:
        given = attributes(inside)
        for key in (b"name", b"property", b"http-equiv", b"itemprop"):
            if key in given and b"content" in given:
                name = given[key].decode(encoding, "replace").strip().lower()
                found.setdefault(name, shown(given[b"content"], encoding))
    return found


def shown(raw: bytes, encoding: str) -> str:
    """Return raw markup text as one shown line: entities resolved, white space collapsed."""
    return " ".join(html.unescape(raw[:20_000].decode(encoding, "replace")).split())
