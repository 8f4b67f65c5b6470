"""Where an account starts: its owner chooses a password, by a link that serves once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linli.kernel import accounts
from linli.kernel.clock import now
from linli.portal.accounts.forms import StartForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def account_start(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Let the owner choose; the second factor, where there is one, is asked for at the sign-in."""
    staff = accounts.starting(pk, token)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password1"]
        accounts.start(at=now(), pk=pk, token=token, password=password)
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("account_login")
    status = 422 if form.is_bound else 200
    context = {"form": form, "staff": staff}
    return render(request, "portal/accounts/start.html", context, status=status)
