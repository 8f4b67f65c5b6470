"""Organizations on the console: who offers services; a planner adds and amends them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory import actions, queries
from linli.directory.forms import OrganizationForm
from linli.directory.models import Organization
from linli.directory.queries.drafts import organization_draft
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PER_PAGE = 50
_FIELDS = {"name_taken": "name", "unit_taken": "unit", "unknown_unit": "unit"}


@require_safe
@staff_only()
def organization_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "")[:100]
    found = queries.listed_organizations(words)
    context = {
        "words": words,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": acting(request).role == Role.PLANNER,
        "trail": _trail(_("Organizations"))[::2],
    }
    return render(request, "directory/console_organizations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def organization_new(request: HttpRequest) -> HttpResponse:
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_organization(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            return redirect("directory:organization_list")
    return _form(request, form, _("A new organization"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def organization_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    organization = get_object_or_404(Organization, uuid=uuid)
    before = organization_draft(organization)
    form = OrganizationForm(request.POST or None, before=before)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_organization(
                by=acting(request), at=now(), organization=organization, draft=form.draft()
            )
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            return redirect("directory:organization_list")
    return _form(request, form, organization.name, organization)


@require_POST
@staff_only(Role.PLANNER)
def organization_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    organization, at = get_object_or_404(Organization, uuid=uuid), now()
    try:
        actions.close_organization(
            by=acting(request), at=at, organization=organization, on=localdate(at)
        )
    except Refused as refused:
        form = OrganizationForm(before=organization_draft(organization))
        return _form(request, form, organization.name, organization, refused)
    messages.success(
        request, _("The organization is closed for good; what it offered stays readable.")
    )
    return redirect("directory:organization_list")


def _form(
    request: HttpRequest,
    form: OrganizationForm,
    here: str,
    kept: Organization | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    hangs = queries.listed_organizations().filter(pk=kept.pk).first() if kept else None
    context = {"form": form, "here": here, "trail": _trail(here), "organization": hangs}
    context |= {"refused": refused}
    status = 422 if form.errors or refused else 200
    return render(request, "directory/console_organization.html", context, status=status)


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Organizations"), reverse("directory:organization_list")),
        (here, ""),
    ]
