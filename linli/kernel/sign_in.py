"""How staff sign in: accounts are given, never taken. Of allauth's doors these two stand open."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with its doors for the public closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a member of staff gets an account from the office."""
        return False


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's page, which says by its status when a name or password is wrong."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again, as every form of ours does when it is wrong."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


_page = require_http_methods(["GET", "HEAD", "POST"])
login = _page(SignIn.as_view())
logout = _page(LogoutView.as_view())
