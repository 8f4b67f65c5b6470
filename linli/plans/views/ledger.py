"""The ledger (总台账): every task of the place as a list, and the same on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.kernel.doors import acting, staff_only
from linli.plans.queries.undoable import assigned_lately
from linli.plans.views.ledger_frame import Asked, assign_form, frame, may_edit, told
from linli.plans.views.rows import columns, shown_rows


@require_safe
@staff_only()
def ledger_list(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = asked.found()
    page = found.page(request.GET.get("page"))
    context: dict[str, Any] = frame(request, asked, found)
    editable = may_edit(request)
    context |= {
        "page": page,
        "rows": shown_rows(page.object_list, asked.columns, editable=editable),
        "assign_form": assign_form() if editable else None,
        "undoable": assigned_lately(acting(request), asked.at).count() if editable else 0,
    }
    return render(request, "plans/ledger.html", context)


@require_safe
@staff_only()
def ledger_print(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = asked.found()
    context = {
        "rows": shown_rows(found.rows(), asked.columns),
        "columns": columns(asked.columns),
        "at": asked.at,
        "asked": told(asked),
        "back": f"{reverse('plans:ledger')}?{asked.query}",
    }
    return render(request, "plans/ledger_print.html", context)
