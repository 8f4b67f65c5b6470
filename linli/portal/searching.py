"""The search over everything that is public. What was typed stays nowhere."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from linli.directory.rules.folding import LONGEST
from linli.directory.rules.spelling import Question, question
from linli.directory.schemas.asked import offer, offered
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.portal.cards import matching, public_cards
from linli.portal.finding import TITLES, address_of, found_groups, found_page, narrowed
from linli.trace.queries.meanings import path_code
from linli.trace.rules.codes.seeking import seek
from linli.ui.kept import NOT_KEPT


class SearchForm(forms.Form):
    """Words, and what narrows them. What cannot be is left out, so that old links keep working."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    area = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data, auto_id="search_%s")
        offer(self, "kind", list(TITLES.items()))
        offer(self, "area", offered().areas)

    @property
    def words(self) -> str:
        """What was typed."""
        return str(self.data.get("q", ""))[:LONGEST].replace("\0", "").strip()

    @property
    def facets(self) -> list[forms.BoundField]:
        """The fields beside the words."""
        return [self["kind"], self["area"]]

    @property
    def chosen_any(self) -> bool:
        """Whether anything narrows the words."""
        return bool(self.chosen("kind") or self.chosen("area"))

    def chosen(self, name: str) -> str:
        """Return what was chosen of what can be."""
        self.full_clean()
        return str(self.cleaned_data.get(name, ""))


@require_safe
@vary_on_cookie
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Find anything public by words; lead on to the page of a code. Say plainly when there is nothing."""
    at, form = now(), SearchForm(request.GET)
    words = form.words
    if not words:
        return render(request, "portal/search.html", {"form": form})
    part = "HX-Request" in request.headers
    address = _coded(words, at)
    if address and not part:
        response: HttpResponse = redirect(address)
    else:
        wanted = question(words, form.chosen("area"))
        context = {"form": form, "words": words, "address": address}
        context |= _found(wanted, form.chosen("kind"), request.GET.get("page"), at)
        context["a_code"] = bool(read_code(words)) and not address
        name = "portal/_search_found.html" if part else "portal/search.html"
        response = render(request, name, context)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _coded(words: str, at: datetime) -> str:
    """Return the page of a public thing, or of food, whose code was typed; "" for all else."""
    code = read_code(words)
    if code:
        return address_of(code, at)
    return reverse("goods:lookup", args=[path_code(words)]) if seek(words) else ""


def _found(wanted: Question, kind: str, number: str | None, at: datetime) -> dict[str, Any]:
    if kind:
        page, lines = found_page(kind, wanted, at, number)
        return {"kind": TITLES[kind], "page": page, "lines": lines, "all": narrowed(wanted, "")}
    groups = found_groups(wanted, at)
    return {
        "groups": [(one, narrowed(wanted, one.key)) for one in groups],
        "near": any(one.near for one in groups),
        "pages": [] if wanted.area else matching(public_cards(), wanted.words),
    }
