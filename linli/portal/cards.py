"""What a visitor can really go to now: one card a place, the same for the home page and the search.

An engine that has a page for the public adds its card here; nothing is listed before it exists.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Card:
    """One place to go."""

    title: Words
    words: Words
    address: str
    figure: Words = ""


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One pile of work on the desk: what waits, how much, where."""

    title: Words
    words: Words
    address: str
    count: int
    state: str = "plain"


_KNOWN = (
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


def public_cards() -> list[Card]:
    """The public places whose engine is installed."""
    cards = []
    for title, words, name in _KNOWN:
        try:
            cards.append(Card(title, words, reverse(name)))
        except NoReverseMatch:
            continue
    return cards


def matching(cards: list[Card], words: str) -> list[Card]:
    """The cards that hold every word asked for, in the language of the page."""
    asked = words.casefold().split()
    return [
        card
        for card in cards
        if all(word in f"{card.title} {card.words}".casefold() for word in asked)
    ]
