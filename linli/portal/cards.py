"""What a visitor can really go to now: one card a place, the same for the home page and the search.

An engine that has a page for the public adds its card here; nothing is listed before it exists.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.reports.queries import report_counts


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


_OPEN = (
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
    """The places that are open to everybody."""
    return [Card(title, words, reverse(name)) for title, words, name in _OPEN]


def desk_entries() -> list[DeskEntry]:
    """What waits for staff, pile by pile; an empty pile is not shown."""
    counts = report_counts()
    reports = reverse("reports:console_list")
    piles = [
        DeskEntry(
            _("Readings to look through"),
            _("Brought and read, not yet shown to the public."),
            f"{reports}?state=unpublished",
            counts["unpublished"],
            "soon",
        ),
        DeskEntry(
            _("Published readings"),
            _("What the public sees."),
            f"{reports}?state=published",
            counts["published"],
            "done",
        ),
    ]
    return [pile for pile in piles if pile.count]


def matching(cards: list[Card], words: str) -> list[Card]:
    """The cards that hold every word asked for, in the language of the page."""
    asked = words.casefold().split()
    return [
        card
        for card in cards
        if all(word in f"{card.title} {card.words}".casefold() for word in asked)
    ]
