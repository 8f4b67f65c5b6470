"""What everybody may see of forms that offices were asked to fill: counters, who asked on what ground, what was answered."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.reports.models import FormAnswer, FormAsked
from linli.reports.queries import forms_asked as queries
from linli.reports.schemas import asked as schemas
from linli.reports.views.asked_console import cells_json, host_of
from linli.ui.kept import kept_while

PER_PAGE = 25


@require_safe
@kept_while(queries.standing_forms, "page")
def public_forms(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.public_forms(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(form, _share(form.answer)) for form in page]}
    return render(request, "reports/asked_public_list.html", context | {"tally": queries.tally()})


@require_safe
@kept_while(queries.standing_forms)
def public_form(request: HttpRequest, code: str) -> HttpResponse:
    form = _answered(code)
    lines = _lines(form)
    context = {
        "form": form,
        "answer": form.answer,
        "refused": form.answer.kind == FormAnswer.REFUSED,
        "share": _share(form.answer),
        "rows": [(*schemas.place_in(form, line.cell), line) for line in lines],
        "changed": sum(line.now is not None for line in lines),
        "before": {
            one.earlier.answer.form_id: one.earlier.answer.form for one in lines if one.earlier
        },
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Forms asked of offices"), reverse("reports:public_forms")),
            (form.title, ""),
        ],
    }
    return render(request, "reports/asked_public.html", context)


@require_safe
def public_cells(request: HttpRequest, code: str) -> HttpResponse:
    form = _answered(code)
    return cells_json(form, _lines(form), host_of(request))


def _answered(code: str) -> FormAsked:
    forms = FormAsked.objects.answered().select_related("unit", "answer")
    return get_object_or_404(forms, code=code)


def _lines(form: FormAsked) -> list[schemas.Line]:
    return [schemas.of_answer(one) for one in queries.later(form.answer)]


def _share(answer: FormAnswer) -> int:
    """Return how many of a hundred cells nobody had to type again, rounded down."""
    return 100 * answer.reused // answer.asked if answer.asked else 0
