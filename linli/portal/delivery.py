"""Link a task with what delivers it and what pays for it: a page of plans, offers and funds together."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.flows.commitment_to_offer import deliver_by
from linli.flows.money_to_outcome import outcome_of, pay_from
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions.ways import unlink
from linli.plans.models import Task
from linli.plans.queries.ways import Way, ways_of
from linli.portal.delivery_forms import AccountForm, OfferForm

MAY_LINK = (Role.PLANNER, Role.OFFICER)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(post=MAY_LINK)
def task_delivery(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a task is linked with; who may link it finds the forms."""
    found = Task.objects.select_related("lead", "indicator", "measure__programme__area")
    task = get_object_or_404(found, code=code)
    by = acting(request)
    may = _may(by, task)
    if request.method == "POST" and not may:
        raise Refused(
            "not_own_task", _("Your unit neither leads this task nor answers for it."), status=403
        )
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms: dict[str, OfferForm | AccountForm] = {
        "offer": OfferForm(request.POST if deed == "offer" else None, task=task),
        "account": AccountForm(request.POST if deed == "account" else None, task=task),
    }
    if deed == "end":
        return _end(request, by, task)
    if request.method == "POST" and deed not in forms:
        return _shown(request, task, forms, may=may, status=422)
    if deed and forms[deed].is_valid() and _linked(by, task, forms[deed]):
        messages.success(request, _("Linked. Everybody sees it beside the promise."))
        return redirect("portal:task_delivery", code)
    return _shown(request, task, forms, may=may, status=422 if deed else 200)


def _may(by: Actor, task: Task) -> bool:
    if by.role == Role.OFFICER:
        return Task.objects.owned_by(by).filter(pk=task.pk).exists()
    return by.role == Role.PLANNER


def _linked(by: Actor, task: Task, form: OfferForm | AccountForm) -> bool:
    said = form.cleaned_data
    try:
        if isinstance(form, OfferForm):
            deliver_by(by=by, at=now(), task=task, offer=said["offer"], counts=said["counts"])
        else:
            pay_from(by=by, at=now(), task=task, account=said["account"])
    except Refused as refused:
        on_form(form, refused, None)
        return False
    return True


def _end(request: HttpRequest, by: Actor, task: Task) -> HttpResponse:
    kind, _mark, code = request.POST.get("way", "").replace("\0", "").partition(":")
    unlink(by=by, at=now(), task=task, way=Way(kind[:20], code[:9], "", ""))
    messages.success(request, _("Taken back."))
    return redirect("portal:task_delivery", task.code)


def _shown(
    request: HttpRequest, task: Task, forms: dict[str, Any], *, may: bool, status: int
) -> HttpResponse:
    trail = [
        (_("Desk"), reverse("portal:console")),
        (_("Ledger"), reverse("plans:ledger")),
        (task.title, reverse("plans:task", args=[task.code])),
        (_("What delivers and pays for it"), ""),
    ]
    context = {
        "task": task,
        "ways": ways_of(task.code),
        "outcome": outcome_of(task, now()),
        "forms": forms,
        "may": may,
        "trail": trail,
    }
    return render(request, "portal/task_delivery.html", context, status=status)
