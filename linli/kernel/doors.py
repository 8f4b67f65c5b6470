"""Which roles may open a page. Everybody else is sent to sign in, to set up a second factor, or told no."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from linli.kernel.actors import Actor, Role
from linli.kernel.models import Staff
from linli.kernel.second_factor import way_to_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(request: HttpRequest) -> Staff:
    """Return whose account this request comes from. Only behind `staff_only`."""
    if not isinstance(request.user, Staff):
        raise PermissionDenied
    return request.user


def acting(request: HttpRequest) -> Actor:
    """Return who acts in this request. Only behind `staff_only`."""
    return signed_in(request).actor


def staff_only(*roles: Role, post: Collection[Role] = ()) -> Callable[[View[P]], View[P]]:
    """Let staff in: those of `roles`, or of any role when none is named; `post`: who alone may send a form."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if (way := way_to_factor(request)) is not None:
                return way
            role = acting(request).role
            if (roles and role not in roles) or (
                post and role not in post and request.method == "POST"
            ):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # so that a way is shown to whom its door lets in
        return guarded

    return guard
