"""For who is new in a town: where one is understood today, what to see to first, whom to call. Nothing is asked of who
somebody is, and nothing is kept: what was chosen stands in the address alone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from django import forms
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from linli.cases.views.windows import THINGS
from linli.directory.models import Location, Service
from linli.directory.queries import stations
from linli.directory.queries.finding import found, shown
from linli.directory.queries.standing import standing_directory
from linli.directory.rules.entries import Facets
from linli.directory.rules.hours import open_spans
from linli.directory.schemas.asked import offer, offered
from linli.directory.views.hours import standing
from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.kernel.working_days import is_working_day
from linli.ui.kept import kept_while

MOST, ROWS, EACH = 200, 20, 4  # places looked at, places shown, services for each thing
SITUATION: Final = "new_in_town"
_ASKS: Final = ("language", "area", "need")


class Need(NamedTuple):
    """One thing that somebody may need: what the directory is asked for it, and a page of its own where there is one."""

    words: Words
    asked: tuple[str, ...]
    route: str = ""


NEEDS: Final = {
    "papers": Need(pgettext_lazy("need", "Papers"), ("居住登记", "居住证")),
    "work": Need(pgettext_lazy("need", "Work"), ("就业",), "cases:employment"),
    "school": Need(pgettext_lazy("need", "School"), ("入学",)),
    "doctor": Need(_("Doctor and insurance"), ("医保", "预防接种")),
    "legal": Need(_("Legal aid"), ("法律援助",), "cases:legal_aid"),
    "course": Need(_("A language course"), ("语言",), "offers:list"),
}


class NewcomersForm(forms.Form):
    """What may be chosen; all of it may be left open."""

    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    area = forms.ChoiceField(label=_("Place"), required=False)
    need = forms.MultipleChoiceField(
        label=_("What you need"),
        required=False,
        choices=[(key, one.words) for key, one in NEEDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data, auto_id="new_%s")
        there = offered()
        offer(self, "language", there.languages)
        offer(self, "area", there.areas)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen of what can be."""
        self.full_clean()
        return self.cleaned_data


@require_safe
@kept_while(standing_directory, *_ASKS)
def newcomers(request: HttpRequest) -> HttpResponse:
    """Show where to go today and what to see to first; ticks stay on the device."""
    return render(request, "portal/newcomers.html", _told(request))


@require_safe
@kept_while(standing_directory, *_ASKS)
def to_take_along(request: HttpRequest) -> HttpResponse:
    """Give the same as one page that needs nothing else: to keep, to print, to read without a network."""
    context = _told(request) | {"host": f"{request.scheme}://{request.get_host()}"}
    response = render(request, "portal/newcomers_file.html", context)
    response.headers["Content-Disposition"] = 'attachment; filename="newcomers.html"'
    return response


def _told(request: HttpRequest) -> dict[str, Any]:
    at, form = now(), NewcomersForm(request.GET)
    chosen = form.chosen
    area, language = chosen.get("area", ""), chosen.get("language", "")
    needs = chosen.get("need") or []
    query = request.GET.urlencode()
    return {
        "form": form,
        "at": localtime(at),
        "places": [(one, standing(one.schedules.all(), at)) for one in _places(area, language, at)],
        "language": dict(offered().languages).get(language, ""),
        "needs": [(NEEDS[key], _services(NEEDS[key], area, at)) for key in needs],
        "first": list(_first()),
        "things": THINGS,
        "file": f"{reverse('portal:newcomers_file')}{'?' if query else ''}{query}",
        "trail": [(_("Home"), reverse("portal:home")), (_("New in town"), "")],
    }


def _places(area: str, language: str, at: datetime) -> list[Location]:
    """Return the places that open today, where the language is spoken today when one was chosen."""
    today = localtime(at).date()
    there = stations(area)
    if language:
        there = there.filter(languages__language=language, languages__weekday=today.weekday())
    near = there.distinct().order_by("area", "name", "pk")[:MOST]
    opens = (one for one in near if open_spans(one.schedules.all(), today, is_working_day))
    return [one for _number, one in zip(range(ROWS), opens, strict=False)]


def _services(need: Need, area: str, at: datetime) -> list[Service]:
    """Return the services that the directory finds for a need, each once."""
    services: dict[int, Service] = {}
    for words in need.asked:
        answer = found(words, Facets(kind="service", area=area), at)
        for entry in shown(answer.ids[:EACH]):
            if entry.service:
                services[entry.service.pk] = entry.service
    return list(services.values())


def _first() -> Iterator[tuple[Service, str]]:
    """Yield the services whose rules are for who is new in town, with the reason that the rule gives."""
    ruled = Service.objects.offered().annotate(said=Cast("rules", TextField()))
    for service in ruled.filter(said__contains=SITUATION).order_by("name", "pk")[:ROWS]:
        for rule in service.rules:
            if SITUATION in str(rule):
                yield service, _reason(rule)
                break


def _reason(rule: Mapping[str, Any]) -> str:
    return str(rule.get("reason", ""))
