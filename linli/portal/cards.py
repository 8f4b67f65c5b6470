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


_DO = (
    (
        _("Ask for something"),
        _(
            "Help, a complaint, a petition, a suggestion: in your own words and language, without an account."
        ),
        "cases:ask_what",
    ),
    (
        _("Follow what you asked"),
        _("With your code and passphrase: how far it is, who has looked, what you can do."),
        "cases:follow",
    ),
    (
        _("What happened with …?"),
        _("With any code, from a slip, a page or a label: where to see how it stands."),
        "portal:what_happened",
    ),
    (
        _("Services and how to get them"),
        _("What there is, who may have it, which papers to bring, how long it takes."),
        "directory:services",
    ),
    (
        _("Courses, events, appointments"),
        _("What is on, how many places are free, and a place for you without an account."),
        "offers:list",
    ),
    (
        _("Stations and halls"),
        _("Where to go, when it is open, and which languages are spoken there."),
        "directory:stations",
    ),
    (
        _("Legal aid"),
        _("Who gets it, where, and in which languages. You can leave the page at once."),
        "cases:legal_aid",
    ),
    (
        _("Help with work"),
        _("Looking for work, wages that were not paid, training: where one is helped."),
        "cases:employment",
    ),
    (
        _("New in town"),
        _("Who speaks your language today, and ten things to see to first. Nothing is kept of it."),
        "portal:newcomers",
    ),
    (
        _("Languages, day by day"),
        _("Which languages are spoken at which station on which weekday."),
        "directory:languages",
    ),
)
_KNOW = (
    (
        _("Promises and what came of them"),
        _("Each promise with its sentence, who answers for it, when it is due, and the proof."),
        "plans:public_promises",
    ),
    (
        _("Public money"),
        _("Each fund: where its money came from, what became of it, and what is still missing."),
        "funds:list",
    ),
    (
        _("Donations and their use"),
        _("What was given, one yuan or more, and what became of it. Who gave is written nowhere."),
        "funds:gifts",
    ),
    (
        _("Demonstration units"),
        _("Who is recognised for what, by which questions, and how anybody can object."),
        "assessments:schemes",
    ),
    (
        _("Register of honours"),
        _("Units that were named, at which level, and what became of it since."),
        "assessments:honours",
    ),
    (
        _("Polls and their results"),
        _(
            "What is asked, until when, and what all answers together say. Nobody knows whose they are."
        ),
        "assessments:polls",
    ),
    (
        _("What inspections found"),
        _("Each visit's result, what was put right, and what the premises say to it."),
        "assessments:inspections",
    ),
    (
        _("Food you can check"),
        _("Who makes and sells food, what each may do, and what inspections and tests found."),
        "trace:food",
    ),
    (
        _("Decisions before they are taken"),
        _(
            "What is to be decided, what may go wrong, what is done against it, and why it was decided so."
        ),
        "assessments:impacts",
    ),
    (
        _("Atlas of public figures"),
        _(
            "Places on a map, over time and side by side, in figures in which nobody can be recognised."
        ),
        "atlas:atlas",
    ),
    (
        _("Figures and where they come from"),
        _("Every number with its source, who said so, and what was said before."),
        "facts:public_list",
    ),
    (
        _("Dropped promises"),
        _("What one report promised and the next one does not answer, with both sentences."),
        "portal:dropped",
    ),
    (
        _("Reports and what was read in them"),
        _("Work reports beside their figures, measures and documents, each with its own words."),
        "reports:public_list",
    ),
    (
        _("Forms asked of offices"),
        _("Who asks offices for which figures, on what ground, and how much was known already."),
        "reports:public_forms",
    ),
    (
        _("Written reports"),
        _("Written here: every figure leads to its source, and says when it has changed since."),
        "reports:written_list",
    ),
    (
        _("Who has looked: the log"),
        _("Every look at somebody's data is entered for good, and anybody can verify the log."),
        "portal:log",
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
_HELP = (
    (
        _("Handbook"),
        _("Tasks that somebody really has, step by step, and what to do when it is refused."),
        "portal:handbook",
    ),
)


def doing_cards() -> list[Card]:
    """Where anybody can get something done."""
    return [Card(title, words, reverse(name)) for title, words, name in _DO]


def knowing_cards() -> list[Card]:
    """Where anybody can see what was promised and what came of it."""
    return [Card(title, words, reverse(name)) for title, words, name in _KNOW]


def public_cards() -> list[Card]:
    """The places that are open to everybody."""
    help_cards = [Card(title, words, reverse(name)) for title, words, name in _HELP]
    return [*doing_cards(), *knowing_cards(), *help_cards]


def matching(cards: list[Card], words: str) -> list[Card]:
    """The cards that hold every word asked for, in the language of the page."""
    asked = words.casefold().split()
    return [
        card
        for card in cards
        if all(word in f"{card.title} {card.words}".casefold() for word in asked)
    ]
