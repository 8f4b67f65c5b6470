"""What everybody may read of what is written here: the list, one report, what is known otherwise since, two side by side."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.facts.models import Fact
from linli.facts.schemas.telling import figure
from linli.kernel.text import Words
from linli.reports.forms.writing import WrittenFilter
from linli.reports.models import Publication, Written
from linli.reports.queries import written as queries
from linli.reports.rules.writing.differing import OUTCOMES, Cited, Difference, differences
from linli.reports.rules.writing.keeping import in_script, of_record
from linli.reports.rules.writing.saying import period_words
from linli.reports.views.setting import LANGS, set_paper
from linli.reports.views.writing_words import OUTCOME_STATES
from linli.reports.views.writing_words import OUTCOMES as OUTCOME_WORDS
from linli.ui.kept import kept_while

PER_PAGE = 24


@require_safe
@kept_while(queries.standing_written, "kind", "page")
def written_list(request: HttpRequest) -> HttpResponse:
    """List what is published."""
    form = WrittenFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.public_reports(
        words=chosen.get("words", "").replace("\0", ""), kind=chosen.get("kind", "")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trail": _trail(),
        "form": form,
        "page": page,
        "filtered": bool(request.GET),
    }
    return render(request, "reports/written_list.html", context)


@require_safe
@kept_while(queries.standing_written, age=0)
def written(request: HttpRequest, code: str) -> HttpResponse:
    """Show one report as it was published last."""
    return _page(request, _edition(code))


@require_safe
@kept_while(queries.standing_written, age=0)
def written_edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show an earlier edition of a report."""
    return _page(request, _edition(code, number))


@require_safe
@kept_while(queries.standing_written, age=0)
def written_since(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a report said, and what is known of it now."""
    edition = _edition(code)
    rows = [
        {
            "place": one.said.place,
            "words": one.said.words,
            "name": one.was.indicator.shown_name,
            "area": one.was.area.name,
            "was": figure(one.was),
            "now": figure(one.now),
            "before": one.was.code,
            "code": one.now.code,
            "at": one.now.at,
            "reason": one.now.reason,
        }
        for one in queries.changed_since(edition)
    ]
    context = _head(edition) | {"rows": rows}
    context["trail"] = _trail((context["title"], _address(code)), (_("What is known now"), ""))
    return render(request, "reports/written_since.html", context)


@require_safe
@kept_while(queries.standing_written, age=0)
def written_compare(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    """Show the figures of two reports of one place, or of two editions of one report, side by side."""
    first, second = _of_either(earlier), _of_either(later)
    if first.pk == second.pk or first.written.area_id != second.written.area_id:
        raise Http404
    cited = queries.cited_in(first), queries.cited_in(second)
    facts = queries.facts_of(one for side in cited for one in side)
    found = differences(*cited)
    groups: list[dict[str, Any]] = [
        {
            "words": OUTCOME_WORDS[outcome],
            "state": OUTCOME_STATES[outcome],
            "rows": [_row(one, facts) for one in found if one.outcome == outcome],
        }
        for outcome in OUTCOMES
    ]
    context = {
        "trail": _trail((_("Two reports side by side"), "")),
        "sides": [_head(first), _head(second)],
        "groups": [group for group in groups if group["rows"]],
        "counts": [(group["words"], len(group["rows"])) for group in groups],
        "swap": reverse("reports:written_compare", args=[later, earlier]),
    }
    return render(request, "reports/written_compare.html", context)


def _page(request: HttpRequest, edition: Publication) -> HttpResponse:
    one = edition.written
    head = _head(edition)
    others = queries.public_reports().filter(area_id=one.area_id).exclude(pk=one.pk)[:10]
    newest = edition.number == one.edition
    context = head | {
        "trail": _trail((head["title"], "")),
        "newest": newest,
        "changed": len(queries.changed_since(edition)) if newest else 0,
        "figures": len(head["paper"].figures()),
        "body": set_paper(head["paper"]),
        "editions": [
            (number, at, f"{one.code}-{number}")
            for number, at in one.publications.order_by("number").values_list("number", "at")
        ],
        "mark": f"{one.code}-{edition.number}",
        "others": others,
        "script": "hant" if head["paper"].language == "zh-hant" else "",
    }
    return render(request, "reports/written.html", context)


def _head(edition: Publication) -> dict[str, Any]:
    """Return what every page says of an edition."""
    paper = in_script(of_record(edition.paper), get_language() or "")
    one = edition.written
    return {
        "written": one,
        "edition": edition,
        "paper": paper,
        "title": paper.title,
        "lang": LANGS[paper.language],
    }


def _edition(code: str, number: int = 0) -> Publication:
    rows = Written.objects.public().select_related("unit", "area", "version__template")
    edition = queries.edition_of(get_object_or_404(rows, code=code), number)
    if edition is None:
        raise Http404
    return edition


def _of_either(text: str) -> Publication:
    """Return the edition that a code means: its newest, or with a number behind it that one."""
    code, number = text[:9], text[9:]
    if number and not (number[0] == "-" and number[1:].isascii() and number[1:].isdigit()):
        raise Http404
    return _edition(code, min(int(number[1:] or 0), 2**31 - 1) if number else 0)


def _row(one: Difference, facts: dict[int, Fact]) -> dict[str, Any]:
    sides = [_side(cited, facts) for cited in (one.earlier, one.later)]
    return {"name": next(side["name"] for side in sides if side), "sides": sides}


def _side(cited: Cited | None, facts: dict[int, Fact]) -> dict[str, str] | None:
    """Return what a fact states: a sentence may say of it how much it grew."""
    if cited is None:
        return None
    fact = facts[cited.fact]
    return {
        "name": fact.indicator.shown_name,
        "words": figure(fact),
        "period": period_words(cited.period, "en" if get_language() == "en" else "zh-hans"),
        "code": cited.code,
    }


def _address(code: str) -> str:
    return reverse("reports:written", args=[code])


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("reports:written_list") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Written reports"), here), *steps]
