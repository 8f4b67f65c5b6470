"""The texts of the handbook, read: a page for each role, its chapters, and where its links lead.

A text is Markdown without HTML. `**words**` quotes a page; a link names a route or the text of another role; a picture
names its file. Every word that is quoted and every route is held by a test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Final

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from PIL import Image

from linli.ui.languages import DEFAULT, Language, language_of

ROLES: Final = ("residents", "clerks", "officers", "inspectors", "operators")
TEXTS: Final = Path(__file__).with_name("texts")
PICTURES: Final = Path(__file__).parents[1] / "static" / "portal" / "handbook"
_STARS: Final = "**"
_ANCHOR: Final = " {#"  # what a chapter is called in addresses stands behind its title, in braces


@dataclass(frozen=True, slots=True)
class Chapter:
    """One task: what it is called in addresses, and its title."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one role is told."""

    role: str
    title: str
    lead: str
    chapters: tuple[Chapter, ...]
    text: SafeString
    language: Language

    @property
    def address(self) -> str:
        """Where the page stands, in the language of the reader."""
        return reverse("portal:handbook_role", args=[self.role])


def page_of(role: str, code: str) -> Page:
    """Return what a role is told in a language, in the default's words where that language has none."""
    markdown, language = _markdown(), _told_in(code)
    text = (TEXTS / language.code / f"{role}.md").read_text(encoding="utf-8")
    tokens = markdown.parse(text)
    title, lead, body = tokens[1].content, tokens[4].content, tokens[6:]
    chapters = tuple(_chapters(body))
    _lead_links(body)
    told = markdown.renderer.render(body, markdown.options, {})
    # Our own files, read with HTML off.
    return Page(role, title, lead, chapters, mark_safe(told), language)  # noqa: S308


def _told_in(code: str) -> Language:
    language = language_of(code)
    return language if language.complete else language_of(DEFAULT)


def _chapters(tokens: Sequence[Token]) -> Iterator[Chapter]:
    """Yield the chapters, and take what they are called in addresses out of their titles."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            title, _between, anchor = inline.content.rstrip("}").partition(_ANCHOR)
            opening.attrSet("id", anchor)
            last = (inline.children or [])[-1]
            last.content = last.content.partition(_ANCHOR)[0]
            yield Chapter(anchor, title)


def _lead_links(tokens: Sequence[Token]) -> None:
    """Have links and pictures lead where they are, and commands stand from left to right."""
    before = Token("", "", 0)
    for token in tokens:
        if token.type == "fence":
            token.info = ""
        inside = token.children or []
        for one in inside:
            if one.type == "link_open":
                one.attrSet("href", address(str(one.attrs["href"])))
            elif one.type == "image":
                _show(one)
            elif one.type == "code_inline":
                one.attrSet("dir", "ltr")
        if [one.type for one in inside] == ["image"]:
            before.attrSet("class", "told__shot")
            token.children = list(_opening(inside[0]))
        before = token


def _opening(image: Token) -> Iterator[Token]:
    """Yield a picture that stands alone, leading to itself in its full size."""
    yield Token("link_open", "a", 1, attrs={"href": image.attrs["src"]})
    yield image
    yield Token("link_close", "a", -1)


def address(link: str) -> str:
    """Return where a link of a text leads: to another role's page, or to a route."""
    if link.endswith(".md"):
        return reverse("portal:handbook_role", args=[link.removesuffix(".md")])
    return reverse(link)


def _show(token: Token) -> None:
    name = PurePosixPath(str(token.attrs["src"])).name
    wide, high = size_of(name)
    token.attrs = {
        "src": static(f"portal/handbook/{name}"),
        "alt": "",  # the library writes the words of the brackets here
        "class": "shot shot--tall" if high > wide else "shot",
        "width": wide,
        "height": high,
        "loading": "lazy",
    }


@cache
def size_of(name: str) -> tuple[int, int]:
    """Return width and height of a picture of the handbook."""
    with Image.open(PICTURES / name) as picture:
        return picture.size


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.inline.ruler.before("emphasis", "quoted", _quoted)
    return made


def _quoted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the library calls it
    """Take the words of a page between two pairs of stars: the library's own rule stumbles over Chinese marks."""
    begin = state.pos + len(_STARS)
    end = state.src.find(_STARS, begin)
    if not state.src.startswith(_STARS, state.pos) or end < 0:
        return False
    if not silent:
        state.push("strong_open", "strong", 1)
        state.push("text", "", 0).content = state.src[begin:end]
        state.push("strong_close", "strong", -1)
    state.pos = end + len(_STARS)
    return True
