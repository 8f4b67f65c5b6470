"""A draft on one page: all texts in two languages, and no field for them; one part is edited at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.assessments.actions import drafting
from linli.assessments.models import Edition
from linli.assessments.queries.form_faults import WORDS, faults_of
from linli.assessments.queries.question_words import KINDS, own_language
from linli.assessments.rules import building
from linli.assessments.rules.instruments import Fault, Form, Section
from linli.assessments.schemas.instrument_words import share_words
from linli.assessments.views.instruments import draft_of, instrument_trail
from linli.assessments.views.ways import KEEPERS, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.kernel.text import Words


@require_safe
@staff_only(*KEEPERS)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show a draft whole: sections and questions in the first language and one beside it, faults where they are."""
    found = draft_of(request, code)
    form = found.form
    first, second = languages_of(request, form)
    faults = faults_of(form)
    context = frame(found, form, second) | {
        "sections": _sections(form, (first, second), faults),
        "levels": [
            (one.title.get(first) or one.key, one.title.get(second, ""), share_words(one.at))
            for one in form.levels
        ],
        "faults": [(WORDS[one.code], one.where) for one in faults],
        "points": sum(item.weight for item in form.items()),
        "count": sum(len(section.items) for section in form.sections),
    }
    return render(request, "assessments/builder.html", context)


@require_POST
@staff_only(*KEEPERS)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Move a section or a question up or down by one place."""
    found = draft_of(request, code)
    way = "up" if "up" in request.POST else "down"
    key, by = request.POST.get(way, ""), -1 if way == "up" else 1
    try:
        edit = building.moved(key, by)
        drafting.revise(by=acting(request), at=now(), edition=found, edit=edit)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect(f"{address(found, request)}#part-{key}")


@require_POST
@staff_only(*KEEPERS)
def part_out(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take a section or a question out."""
    found, seen = draft_of(request, code), request.POST.get("seen", "")
    _section, kept = part_of(found.form, key)
    edit = (building.item_out if kept else building.section_out)(key, seen=seen)
    return told(
        request,
        lambda: drafting.revise(by=acting(request), at=now(), edition=found, edit=edit),
        _("Taken out."),
        address(found, request),
    )


def part_page(request: HttpRequest, edition: Edition, form: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
    """Show one part of a draft as a form; 422 with what is missing."""
    template = named.pop("template", "assessments/builder_part.html")
    whole = edition.form
    context = frame(edition, whole, languages_of(request, whole)[1]) | {"form": form} | named
    context["back"] = address(edition, request)
    context["trail"] = [*context["trail"][:-1], (_("Draft"), context["back"])]
    context["trail"].append((named["title"], ""))
    return render(request, template, context, status=422 if form.is_bound else 200)


def frame(edition: Edition, form: Form, second: str) -> dict[str, Any]:
    """Return what every page of a draft needs."""
    code = edition.instrument.code
    here = reverse("assessments:console_instrument", args=[code])
    return {
        "edition": edition,
        "instrument": edition.instrument,
        "languages": [own_language(tag) for tag in form.languages],
        "first": own_language(form.languages[0]),
        "second": own_language(second) if second else None,
        "trail": instrument_trail((edition.instrument.name, here), (_("Draft"), "")),
    }


def languages_of(request: HttpRequest, form: Form) -> tuple[str, str]:
    """Return the first language, and the one beside it: which was asked, else the second, "" for none."""
    asked, first = request.GET.get("in", ""), form.languages[0]
    others = form.languages[1:]
    return first, asked if asked in others else next(iter(others), "")


def address(edition: Edition, request: HttpRequest) -> str:
    """Return the page of the whole draft, with the language that is beside the first."""
    second = languages_of(request, edition.form)[1]
    here = reverse("assessments:draft", args=[edition.instrument.code])
    return f"{here}?in={second}" if second else here


def part_of(form: Form, key: str) -> tuple[Section, Any]:
    """Return a section and None, or the section of a question and the question; 404 for neither."""
    try:
        return building.find_item(form, key)
    except building.Unfit:
        pass
    try:
        return building.find_section(form, key), None
    except building.Unfit as unfit:
        raise Http404 from unfit


def _sections(form: Form, languages: tuple[str, str], faults: list[Fault]) -> list[dict[str, Any]]:
    first, second = languages
    wrong: dict[str, list[Words]] = {}
    for one in faults:
        wrong.setdefault(one.where, []).append(WORDS[one.code])
    number = 0
    told_sections = []
    for part in form.sections:
        rows = []
        for item in part.items:
            number += 1
            texts = (item.text.get(first, ""), item.text.get(second, ""))
            rows.append(
                (number, item, *texts, KINDS.get(item.kind, item.kind), wrong.get(item.key))
            )
        told_sections.append(
            {
                "key": part.key,
                "title": part.title.get(first, ""),
                "second": part.title.get(second, ""),
                "rows": rows,
                "points": sum(item.weight for item in part.items),
                "wrongs": wrong.get(part.key),
            }
        )
    return told_sections
