"""Services on the console: the list, one with its history, the guide as a form, where it is offered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory import actions, queries
from linli.directory.forms import GuideForms, OfferForm, ServiceListForm
from linli.directory.models import Service, ServiceAtLocation
from linli.directory.queries.drafts import service_draft
from linli.directory.views.told import chosen, condition, fresh_tag, history, on_rows
from linli.directory.views.wordings import WORDINGS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused

PER_PAGE = 50
KEEPERS = (Role.PLANNER, Role.OFFICER, Role.CLERK)
STATES = {"active": "done", "temporarily closed": "soon", "defunct": "plain"}


@require_safe
@staff_only()
def guide_list(request: HttpRequest) -> HttpResponse:
    filters, today = ServiceListForm(request.GET, WORDINGS), localdate(now())
    services = queries.listed_services(chosen(filters), today)
    page = Paginator(services, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "trail": _trail(_("Services"))[::2],
        "page": page,
        "rows": [
            (one, STATES[one.status], fresh_tag(one.assured_on, today, "service")) for one in page
        ],
        "may_add": queries.kept_by(acting(request)).exists(),
        "may_bring": acting(request).role == Role.PLANNER,
    }
    return render(request, "directory/console_services.html", context)


@require_safe
@staff_only()
def guide(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPERS)
def guide_new(request: HttpRequest) -> HttpResponse:
    by, data = acting(request), request.POST or None
    forms = GuideForms.of(data, None, "", queries.kept_by(by), WORDINGS)
    if data and "more" not in data and forms.are_valid():
        try:
            made = actions.add_service(by=by, at=now(), draft=forms.draft())
        except Refused as refused:
            on_rows(forms.guide, refused)
        else:
            return redirect("directory:guide", made.code)
    return _form(request, forms, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPERS)
def guide_edit(request: HttpRequest, code: str) -> HttpResponse:
    service, by, data = _service(request, code), acting(request), request.POST or None
    seen = service.last_modified.isoformat()
    forms = GuideForms.of(data, service_draft(service), seen, queries.kept_by(by), WORDINGS)
    if data and "more" not in data and forms.are_valid():
        try:
            actions.amend_service(
                by=by, at=now(), service=service, draft=forms.draft(),
                seen=datetime.fromisoformat(forms.guide.cleaned_data["seen"] or seen),
            )  # fmt: skip
        except Refused as refused:
            on_rows(forms.guide, refused)
        else:
            return redirect("directory:guide", code)
    return _form(request, forms, service)


@require_POST
@staff_only(*KEEPERS)
def guide_assure(request: HttpRequest, code: str) -> HttpResponse:
    service = _service(request, code)
    actions.assure_service(by=acting(request), at=now(), service=service)
    messages.success(request, _("The guide is as of today."))
    return redirect("directory:guide", code)


@require_POST
@staff_only(*KEEPERS)
def guide_end(request: HttpRequest, code: str) -> HttpResponse:
    service = _service(request, code)
    actions.end_service(by=acting(request), at=now(), service=service)
    messages.success(request, _("The service has ended; its guide stays readable."))
    return redirect("directory:guide", code)


@require_POST
@staff_only(*KEEPERS)
def offer_add(request: HttpRequest, code: str) -> HttpResponse:
    service = _service(request, code)
    form = OfferForm(request.POST, service=service)
    if not form.is_valid():
        return _page(request, code, form)
    given = form.cleaned_data
    location = given.pop("location").uuid
    draft = actions.OfferDraft(service=service.uuid, location=location, **given)
    actions.offer_service(by=acting(request), at=now(), draft=draft)
    return redirect("directory:guide", code)


@require_POST
@staff_only(*KEEPERS)
def offer_drop(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    service = _service(request, code)
    offer = get_object_or_404(ServiceAtLocation, service=service, uuid=uuid)
    actions.drop_offer(by=acting(request), at=now(), offer=offer)
    return redirect("directory:guide", code)


def _service(request: HttpRequest, code: str) -> Service:
    """Return the service, which whoever asks must keep."""
    found = get_object_or_404(Service.objects.select_related("organization__unit"), code=code)
    if not queries.may_keep(acting(request), found.organization):
        raise PermissionDenied
    return found


def _page(request: HttpRequest, code: str, offer: OfferForm | None) -> HttpResponse:
    today = localdate(now())
    told = queries.service_guide(code, today)
    if told is None:
        raise Http404
    service = told.service
    may_keep = queries.may_keep(acting(request), service.organization)
    changes = queries.changes_of(service.uuid, *(one.uuid for one in told.offers))
    context = {
        "guide": told,
        "service": service,
        "state": STATES[service.status],
        "fresh": fresh_tag(service.assured_on, today, "service"),
        "rules": [(condition(rule), rule) for rule in service.rules],
        "costs": [(cost.option, f"{cost.amount / 100:.2f}") for cost in service.costs.all()],
        "history": history(changes),
        "may_keep": may_keep,
        "offer": offer or (OfferForm(None, service=service) if may_keep else None),
        "trail": _trail(service.name),
    }
    status = 422 if offer else 200
    return render(request, "directory/console_service.html", context, status=status)


def _form(request: HttpRequest, forms: GuideForms, service: Service | None) -> HttpResponse:
    asked = request.method == "POST" and "more" not in request.POST
    context: dict[str, Any] = {
        "forms": forms,
        "form": forms.guide,
        "asked": asked,
        "service": service,
        "trail": _trail(service.name if service else _("A new service")),
    }
    return render(
        request, "directory/console_service_edit.html", context, status=422 if asked else 200
    )


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Services"), reverse("directory:guide_list")),
        (here, ""),
    ]
