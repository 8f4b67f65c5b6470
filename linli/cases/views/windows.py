"""Windows to walk up to: legal aid, help with work; ten things for who is new in town, which the portal shows."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.cases.models import Topic
from linli.cases.queries.windows import legal_aid_topics, places_for, work_topics
from linli.cases.views.tickets import private
from linli.directory.models import Location
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES, PREPARED, Language

_TONGUES = {one.tag: one for one in (*LANGUAGES, *PREPARED)}


@dataclass(frozen=True, slots=True)
class Place:
    """One place where one is helped, with the languages spoken there on some weekday."""

    location: Location
    languages: list[Language]


@private
@require_safe
def legal_aid(request: HttpRequest) -> HttpResponse:
    """What legal aid is, who gets it, where, in which languages; to be left at once."""
    topics = legal_aid_topics()
    context = {"topics": topics, "places": _places(topics), "sensitive": True}
    return render(request, "cases/public/legal_aid.html", context)


@require_safe
@vary_on_cookie
def employment(request: HttpRequest) -> HttpResponse:
    """Help with work: finding it, learning for it, being paid for it."""
    topics = work_topics()
    context = {"topics": topics, "places": _places(topics)}
    return render(request, "cases/public/employment.html", context)


def _places(topics: list[Topic]) -> list[Place]:
    return [
        Place(one, [_TONGUES[tag] for tag in _tags(one) if tag in _TONGUES])
        for one in places_for(topics)
    ]


def _tags(location: Location) -> list[str]:
    return sorted({hours.language for hours in location.languages.all()})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is good to have settled early, and where that begins."""

    key: str
    title: Words
    words: Words
    way: str = "directory:services"
    query: str = ""

    @property
    def address(self) -> str:
        """Where it begins."""
        query = f"?{urlencode({'q': self.query})}" if self.query else ""
        return f"{reverse(self.way)}{query}"


THINGS = (
    Thing(
        "station",
        _("Find your service station"),
        _("Its hours, who speaks which language on which day, and how to get in."),
        way="directory:stations",
    ),
    Thing(
        "registration",
        _("Register where you live"),
        _("It is the first paper that other offices ask for."),
        query="居住登记",
    ),
    Thing(
        "permit",
        _("Apply for the residence permit"),
        _("After half a year of living, working or studying here."),
        query="居住证",
    ),
    Thing(
        "rent",
        _("Rent with a contract that is on record"),
        _("It protects the deposit and counts as proof of address."),
        query="租房",
    ),
    Thing(
        "school",
        _("Find a school for the children"),
        _("When to enrol and which papers to bring."),
        query="入学",
    ),
    Thing(
        "health",
        _("Carry over your health insurance"),
        _("So that the doctor here is paid for as at home."),
        query="医保",
    ),
    Thing(
        "vaccination",
        _("Have vaccinations entered"),
        _("Any community health centre does it, free of charge."),
        query="预防接种",
    ),
    Thing(
        "work",
        _("Look for work, or learn for it"),
        _("Vacancies, courses, certificates, and help when wages are not paid."),
        way="cases:employment",
    ),
    Thing(
        "rights",
        _("Know where legal aid is given"),
        _("For disputes about work, housing, family; often free of charge."),
        way="cases:legal_aid",
    ),
    Thing(
        "ask",
        _("Know how to ask"),
        _(
            "In your own words, in your language, without an account. The telephone 12345 answers too."
        ),
        way="cases:ask_what",
    ),
)
