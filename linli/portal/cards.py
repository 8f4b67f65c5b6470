"""What a visitor can really go to now: one card a place, the same for the home page and the search.

An engine that has a page for the public adds its card here; nothing is listed before it exists.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Card:
    """One place to go."""

    title: Words
    words: Words
    address: str
    figure: Words = ""


_OPEN = (
    (
        _("Promises and what came of them"),
        _("Each promise with its sentence, who answers for it, when it is due, and the proof."),
        "plans:public_promises",
    ),
    (
        _("Figures and where they come from"),
        _("Every number with its source, who said so, and what was said before."),
        "facts:public_list",
    ),
    (
        _("Reports and what was read in them"),
        _("Work reports beside their figures, measures and documents, each with its own words."),
        "reports:public_list",
    ),
    (
        _("What we hold and what we never build"),
        _("The limits of this platform, in plain words."),
        "portal:privacy",
    ),
    (
        _("Accessibility"),
        _("Larger type, other scripts, keyboards and paper: what works and what does not yet."),
        "portal:accessibility",
    ),
)
_WORK = (
    (_("Ledger"), _("Every task of every programme, with its lamp."), "plans:ledger"),
    (_("Work programmes"), _("Measures, tasks, and what was promised."), "plans:programmes"),
    (_("Reports"), _("Brought, read, reviewed, taken over."), "reports:console_list"),
    (_("Figures"), _("Indicators, imports, contradictions."), "facts:console_list"),
    (_("Meetings"), _("Leading groups, agendas, minutes, decisions."), "plans:bodies"),
    (_("Policy documents"), _("Numbers, issuers, what replaces what."), "plans:documents"),
    (_("Units"), _("Offices and how documents call them."), "directory:unit_list"),
)


def public_cards() -> list[Card]:
    """The places that are open to everybody."""
    return [Card(title, words, reverse(name)) for title, words, name in _OPEN]


def work_cards() -> list[Card]:
    """The places where staff work."""
    return [Card(title, words, reverse(name)) for title, words, name in _WORK]


def matching(cards: list[Card], words: str) -> list[Card]:
    """The cards that hold every word asked for, in the language of the page."""
    asked = words.casefold().split()
    return [
        card
        for card in cards
        if all(word in f"{card.title} {card.words}".casefold() for word in asked)
    ]
