"""Patterns of identifiers: which of them a pattern means. Pure.

A star stands for one whole part and never for a piece of one, nor for several: a pattern means no more than
what is written, so a search for one product never brings another.
"""

from typing import Final

_PATTERN: Final = "urn:epc:idpat:"
_IDENTITY: Final = "urn:epc:id:"


def matches_pattern(pattern: str, identifier: str) -> bool:
    """Say whether a pattern means an identifier.

    Pure identity patterns (`urn:epc:idpat:sgtin:4012345.066666.*`, Tag Data Standard, section 8) mean
    identities and also themselves, as a class; in a web address (`https://…/01/…/21/*`) a star is one
    segment of the path. Everything else means only what is equal to it.
    """
    if pattern == identifier:
        return True
    if pattern.startswith(_PATTERN):
        return identifier.startswith(_IDENTITY) and _identity_matches(
            pattern.removeprefix(_PATTERN), identifier.removeprefix(_IDENTITY)
        )
    if "*" in pattern and pattern.startswith(("http://", "https://")):
        return _parts_match(pattern.split("/"), identifier.split("/"))
    return False


def is_pattern(text: str) -> bool:
    """Say whether a text means more than itself, so that an index by equality cannot answer it."""
    return text.startswith(_PATTERN) or (
        text.startswith(("http://", "https://")) and "*" in text.split("/")
    )


def pattern_prefix(pattern: str) -> str:
    """Return what every identifier that a pattern means begins with: what an ordered index may be asked for.

    A pattern that means itself too, as a class, does so by equality; ask for that beside it.
    """
    if not is_pattern(pattern):
        return pattern
    fixed, _, _ = pattern.partition("*")
    return fixed.replace(_PATTERN, _IDENTITY, 1) if fixed.startswith(_PATTERN) else fixed


def _identity_matches(pattern: str, identity: str) -> bool:
    """What follows the last dot that the pattern has is one part: a serial number may hold dots itself."""
    (scheme, _, asked), (other, _, said) = pattern.partition(":"), identity.partition(":")
    parts = asked.split(".")
    return scheme == other and _parts_match(parts, said.split(".", len(parts) - 1))


def _parts_match(pattern: list[str], parts: list[str]) -> bool:
    return len(parts) == len(pattern) and all(
        asked in {"*", said} for asked, said in zip(pattern, parts, strict=True)
    )
