"""Accounts: the list, a new one, one with what was done to it, and what changes it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel import accounts, idempotency
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused, on_form
from linli.kernel.second_factor import has_factor, having_factor
from linli.portal.accounts.forms import AccountFilterForm, AccountForm, KeyForm, filled
from linli.portal.accounts.words import changes, said

PER_PAGE = 50


@require_safe
@staff_only(Role.ADMINISTRATOR)
def account_list(request: HttpRequest) -> HttpResponse:
    filters = AccountFilterForm(request.GET)
    page = Paginator(_listed(filters), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "safe": having_factor(page.object_list),
        "trail": trail(_("Accounts"))[::2],
    }
    return render(request, "portal/accounts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.ADMINISTRATOR)
@once
def account_new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = acting(request), now()
        try:
            staff = accounts.open_account(by=by, at=at, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "username")
        else:
            return link_page(request, staff, accounts.start_link(by=by, at=at, staff=staff))
    context = {"form": form, "trail": trail(_("A new account")), "once": idempotency.new_key()}
    status = 422 if form.is_bound else 200
    return render(request, "portal/accounts/new.html", context, status=status)


@require_safe
@staff_only(Role.ADMINISTRATOR)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    staff = get_object_or_404(Staff, pk=pk)
    return account_page(request, staff, AccountForm(initial=filled(staff)))


@require_POST
@staff_only(Role.ADMINISTRATOR)
def account_amend(request: HttpRequest, pk: int) -> HttpResponse:
    staff = get_object_or_404(Staff, pk=pk)
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            accounts.amend_account(by=acting(request), at=now(), staff=staff, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "username" if refused.code == "name_taken" else None)
        else:
            return redirect("portal:account", pk)
    return account_page(request, staff, form, status=422)


def account_page(
    request: HttpRequest,
    staff: Staff,
    form: AccountForm,
    *,
    key_form: KeyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one account with what was done to it."""
    steps = [(said(step), changes(step), step) for step in staff.steps.order_by("-at", "-pk")]
    context: dict[str, Any] = {
        "staff": staff,
        "form": form,
        "key_form": key_form or KeyForm(),
        "keys": staff.api_keys.order_by("-created_at"),
        "steps": steps,
        "safe": has_factor(staff),
        "own": staff.pk == request.user.pk,
        "trail": trail(staff.name),
        "once": idempotency.new_key(),
    }
    return render(request, "portal/accounts/account.html", context, status=status)


def link_page(request: HttpRequest, staff: Staff, token: str) -> HttpResponse:
    """Show a link by which an account starts, this once."""
    way = reverse("portal:account_start", args=(staff.pk, token))
    context = {
        "staff": staff,
        "link": request.build_absolute_uri(way),
        "trail": trail(staff.name),
    }
    return render(request, "portal/accounts/link.html", context)


def trail(last: str) -> list[tuple[str, str]]:
    """Return the way to a page about accounts."""
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Accounts"), reverse("portal:account_list")),
        (last, ""),
    ]


def _listed(filters: AccountFilterForm) -> QuerySet[Staff]:
    asked: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {}
    staff = Staff.objects.order_by("unit", "name", "pk")
    if not asked.get("closed"):
        staff = staff.filter(is_active=True)
    if role := asked.get("role"):
        staff = staff.filter(role=role)
    for word in asked.get("words", "").split():
        named = Q(name__icontains=word) | Q(username__icontains=word) | Q(unit__icontains=word)
        staff = staff.filter(named)
    return staff
