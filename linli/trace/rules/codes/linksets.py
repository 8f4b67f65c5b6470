"""Link sets (RFC 9264) as GS1 resolvers answer with: all that is known on the web of one thing. Pure.

One link for each language, titled in it. What GS1's own schema refuses is not written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

MEDIA_TYPE: Final = "application/linkset+json"
VOCABULARY: Final = "https://gs1.org/voc/"
DEFAULT: Final = VOCABULARY + "defaultLink"
_OF_LINKS: Final = {
    "href": str, "title": str, "hreflang": list, "type": str, "context": list, "fwqs": bool, "public": bool,
}  # fmt: skip
_PLAIN_LINKS: Final = {"href", "title", "hreflang", "type"}
_RELATION: Final = re.compile(r"[a-z-]+|https?://[A-Za-z0-9./_]+")
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.][^\s<>\"\\^`{|}]*")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")
_MEDIA: Final = re.compile(r"\w+/[-+.\w]+")
_HEADER_KEEP: Final = ":/?#[]@!$&'()*+,;=%"


@dataclass(frozen=True, slots=True)
class Target:
    """One link from a thing to a page or a file."""

    href: str  # https://…
    title: str
    relation: str = DEFAULT  # a registered name, or the address of a link type
    language: str = ""  # of the page: zh, en, ar, en-GB
    media: str = ""  # text/html, application/json


def written(anchor: str, description: str, targets: Sequence[Target]) -> dict[str, Any]:
    """Return the link set of a thing as a document, links in the order given. Raises ValueError when faulty."""
    said: dict[str, Any] = {"anchor": anchor, "itemDescription": description}
    for one in targets:
        said.setdefault(one.relation, []).append(_link(one))
    document = {"linkset": [said]}
    wrong = faults_of(document)
    if wrong:
        raise ValueError(", ".join(wrong))
    return document


def faults_of(document: object, *, gs1: bool = True) -> list[str]:
    """Return the places at fault, as paths; none when it is a link set, by GS1's rules or by RFC 9264's alone."""
    if not isinstance(document, dict) or not isinstance(document.get("linkset"), list):
        return ["linkset"]
    wrong = [name for name in document if name != "linkset"] if gs1 else []
    for place, one in enumerate(document["linkset"]):
        wrong += _context_faults(one, f"linkset[{place}]", gs1=gs1)
    return wrong


def read(document: object, anchor: str) -> list[Target]:
    """Return the links of one thing in a link set, one for each language. Raises ValueError when faulty."""
    wrong = faults_of(document, gs1=False)
    if wrong or not isinstance(document, dict):
        raise ValueError(", ".join(wrong))
    return [
        Target(link["href"], link.get("title", ""), relation, language, link.get("type", ""))
        for one in document["linkset"]
        if one["anchor"] == anchor
        for relation, links in one.items()
        if isinstance(links, list)
        for link in links
        for language in link.get("hreflang") or [""]
    ]


def chosen(
    targets: Sequence[Target], relation: str, languages: Sequence[str], media: str = ""
) -> Target | None:
    """Return the link to follow: of this relation (none: the default one), else none at all.

    Of several, the first in the earliest wanted language, then one in no language, then the first; among
    equals one of the wanted media type. `relation` may be written gs1:pip.
    """
    wanted = full_relation(relation)
    fitting = [one for one in targets if one.relation == wanted]

    def rank(one: Target) -> tuple[int, bool]:
        return _rank(one.language, languages), bool(media) and one.media != media

    return min(fitting, key=rank, default=None)


def full_relation(relation: str) -> str:
    """Return a relation in full: gs1:pip is short for an address; nothing is the default link."""
    if relation.startswith("gs1:"):
        return VOCABULARY + relation.removeprefix("gs1:")
    return relation or DEFAULT


def as_header(anchor: str, targets: Sequence[Target]) -> str:
    """Return the links as the value of an HTTP Link header (RFC 8288), which is application/linkset too."""
    return ", ".join(_header(anchor, one) for one in targets)


def _link(target: Target) -> dict[str, Any]:
    said: dict[str, Any] = {"href": target.href, "title": target.title}
    if target.media:
        said["type"] = target.media
    if target.language:
        # GS1's schema knows languages and countries, and no scripts.
        known = _LANGUAGE.fullmatch(target.language)
        said["hreflang"] = [target.language if known else target.language.partition("-")[0]]
    return said


def _context_faults(one: object, path: str, *, gs1: bool) -> Iterator[str]:
    if not isinstance(one, dict):
        yield path
        return
    if not _is_web(one.get("anchor")):
        yield f"{path}.anchor"
    if gs1 and not isinstance(one.get("itemDescription"), str):
        yield f"{path}.itemDescription"
    for relation, links in one.items():
        if relation in {"anchor", "itemDescription"}:
            continue
        if not _RELATION.fullmatch(relation) or not isinstance(links, list):
            yield f"{path}.{relation}"
            continue
        for place, link in enumerate(links):
            yield from _link_faults(link, f"{path}.{relation}[{place}]", gs1=gs1)


def _link_faults(link: object, path: str, *, gs1: bool) -> Iterator[str]:
    if not isinstance(link, dict):
        yield path
        return
    if not _is_web(link.get("href")):
        yield f"{path}.href"
    if gs1 and "title" not in link:
        yield f"{path}.title"
    allowed = set(_OF_LINKS) if gs1 else _PLAIN_LINKS
    for name, said in link.items():
        if name not in allowed or (name != "href" and not _holds(name, said)):
            yield f"{path}.{name}"


def _holds(name: str, said: object) -> bool:
    if not isinstance(said, _OF_LINKS[name]):
        return False
    if name == "hreflang" and isinstance(said, list):
        return all(isinstance(one, str) and _LANGUAGE.fullmatch(one) for one in said)
    return name != "type" or _MEDIA.fullmatch(str(said)) is not None


def _is_web(said: object) -> bool:
    return isinstance(said, str) and _WEB.fullmatch(said) is not None


def _rank(language: str, wanted: Sequence[str]) -> int:
    own, asked = language.lower(), [one.lower() for one in wanted]
    if own in asked:
        return 2 * asked.index(own)
    broad = [one.partition("-")[0] for one in asked]
    if own.partition("-")[0] in broad:
        return 2 * broad.index(own.partition("-")[0]) + 1
    return 2 * len(asked) + (1 if own else 0)


def _header(anchor: str, target: Target) -> str:
    said: Mapping[str, str] = {
        "rel": target.relation, "anchor": anchor, "hreflang": target.language, "type": target.media,
    }  # fmt: skip
    named = [f'{name}="{quote(value, safe=_HEADER_KEEP)}"' for name, value in said.items() if value]
    title = f"title*=UTF-8''{quote(target.title, safe='')}"
    return "; ".join([f"<{quote(target.href, safe=_HEADER_KEEP)}>", *named, title])
