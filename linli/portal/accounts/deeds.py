"""What an administrator does to an account with one button, and the keys of programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kernel import accounts, api_keys
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.models import ApiKey, Staff
from linli.kernel.refusals import Refused, on_form
from linli.portal.accounts.forms import AccountForm, KeyForm, filled
from linli.portal.accounts.views import account_page, link_page, trail


@require_POST
@staff_only(Role.ADMINISTRATOR)
@once
def account_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a link to choose a password by; the old password ends."""
    staff = get_object_or_404(Staff, pk=pk)
    token = accounts.start_link(by=acting(request), at=now(), staff=staff)
    return link_page(request, staff, token)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove second factors that were lost."""
    staff = get_object_or_404(Staff, pk=pk)
    accounts.reset_factors(by=acting(request), at=now(), staff=staff)
    messages.success(request, _("The second factors are reset."))
    return redirect("portal:account", pk)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def account_disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account, at once."""
    staff = get_object_or_404(Staff, pk=pk)
    accounts.disable_account(by=acting(request), at=now(), staff=staff)
    messages.success(request, _("The account is disabled."))
    return redirect("portal:account", pk)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def account_enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    staff = get_object_or_404(Staff, pk=pk)
    accounts.enable_account(by=acting(request), at=now(), staff=staff)
    messages.success(request, _("The account is open again. Give its owner a link to start by."))
    return redirect("portal:account", pk)


@require_POST
@staff_only(Role.ADMINISTRATOR)
@once
def account_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a key for a program, and show it, this once."""
    staff, form = get_object_or_404(Staff, pk=pk), KeyForm(request.POST)
    if form.is_valid():
        named = form.cleaned_data["name"]
        try:
            _key, secret = api_keys.issue(by=acting(request), at=now(), staff=staff, name=named)
        except Refused as refused:
            on_form(form, refused)
        else:
            context = {"staff": staff, "name": named, "secret": secret, "trail": trail(staff.name)}
            return render(request, "portal/accounts/key.html", context)
    shown = AccountForm(initial=filled(staff))
    return account_page(request, staff, shown, key_form=form, status=422)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def account_key_revoke(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Take a key back."""
    found = get_object_or_404(ApiKey.objects.select_related("staff"), pk=key, staff=pk)
    api_keys.revoke_key(by=acting(request), at=now(), key=found)
    messages.success(request, _("The key is revoked."))
    return redirect("portal:account", pk)
