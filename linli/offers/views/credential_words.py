"""What a check of a certificate found, in plain words; the square code that holds a whole certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.offers.rules import credentials
from linli.offers.rules.checking import Verdict
from linli.offers.rules.credential_faults import read_moment

_FAULTS: dict[str, Words] = {
    "unreadable": _("This is no certificate, or it was cut off: nothing in it can be read."),
    "malformed": _("This is not written as an Open Badge (3.0)."),
    "no_proof": _("It bears no signature."),
    "unknown_suite": _("It is signed in a way that we do not read. That does not make it false: ask who issued it."),
    "unknown_method": _("It does not say its key itself. Ask who issued it."),
    "proof_malformed": _("Its signature is damaged."),
    "context_changed": _("What it means was changed after it was signed."),
    "wrong_signature": _("The signature does not fit: something was changed, or somebody else signed."),
    "issuer_unbound": _("It is signed by another key than that of the issuer it names."),
    "not_yet": _("It is not valid yet."),
    "expired": _("It is not valid any more."),
    "withdrawn": _("It was withdrawn. It does not count any more."),
    "status_wrong": _("Whether it was withdrawn cannot be told: its list does not fit."),
    "not_handed_out": _("It bears our signature, but we know of no such certificate."),
}  # fmt: skip
_UNSURE = {"unknown_suite", "unknown_method", "status_wrong"}


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say: one word with its colour, and sentences."""

    state: str
    word: Words
    sentences: list[Words]


def told(verdict: Verdict, *, ours: bool, name_fits: bool | None) -> Told:
    """Say what a check found; `name_fits` is None when no name was to be compared."""
    names = [] if name_fits is None else [_NAMES[name_fits]]
    if verdict.faults:
        sentences = [_FAULTS[one] for one in verdict.faults]
        unsure = set(verdict.faults) <= _UNSURE
        word = _("it cannot be told") if unsure else _("it does not hold")
        return Told("soon" if unsure else "late", word, [*sentences, *names])
    if not ours:
        return Told("soon", _("whole, of another issuer"), [*_ELSEWHERE, *names])
    state = "late" if name_fits is False else "done"
    return Told(state, _("it holds"), [*_HOLDS, *names])


_HOLDS = [
    _("We signed it, and nothing was changed since."),
    _("It was not withdrawn."),
]
_ELSEWHERE = [
    _("The signature fits the key that it names: nothing was changed since."),
    _("Anybody can make a key. Compare it with the one that this issuer publishes."),
    _("Whether it was withdrawn stands in the issuer's list, which we do not ask for."),
]
_NAMES = {
    True: _("The name is the one that its holder chose."),
    False: _("The name is not the one that its holder chose, or they chose none."),
}


def told_day(document: Mapping[str, Any]) -> str:
    """Return the day from which it is valid, as the town counts days."""
    at = read_moment(document.get("validFrom"))
    return localdate(at).isoformat() if at else ""


def square_of(document: Mapping[str, Any]) -> SafeString:
    """Return the address with the whole certificate behind its #, which no server is told, as SVG."""
    address = f"{document['id']}#{credentials.compact(document)}"
    drawn: str = segno.make(address, error="l", micro=False).svg_inline(
        scale=1, border=2, light="#fff", svgclass="paper__square", lineclass=None, omitsize=True
    )
    # Drawn by us: segno writes numbers and colours only.
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308
