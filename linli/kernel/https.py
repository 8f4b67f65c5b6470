"""What holds where the house is behind HTTPS: cookies that no other name can set, and no word of a program in clear."""

from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused, problem

Handler = Callable[[HttpRequest], HttpResponse]
# A browser takes a cookie of this name from this very host alone, over HTTPS, for every path.
BOUND = "__Host-"


def bind_cookies(handle: Handler) -> Handler:
    """Give every cookie the name that binds it to this host, and hear of no other (a middleware)."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not settings.HTTPS:
            return handle(request)
        given = request.COOKIES
        request.COOKIES = {
            name.removeprefix(BOUND): value
            for name, value in given.items()
            if name.startswith(BOUND)
        }
        response = handle(request)
        response.cookies = _bound(response.cookies)
        return response

    return answered


def only_https(handle: Handler) -> Handler:
    """Refuse a program that asks in clear (a middleware): led on, it would say its key in clear each time.

    Refuses: only_https. People are led to HTTPS (SECURE_SSL_REDIRECT).
    """

    def answered(request: HttpRequest) -> HttpResponse:
        clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        path = request.path_info
        if clear and path.startswith(settings.FOR_PROGRAMS) and path != "/api/":
            return problem(Refused("only_https", _("Ask by https:// here."), status=403))
        return handle(request)

    return answered


def _bound(cookies: "SimpleCookie") -> "SimpleCookie":
    bound: SimpleCookie = SimpleCookie()
    for name, morsel in cookies.items():
        named: Morsel[str] = morsel.copy()
        named.set(BOUND + name, morsel.value, morsel.coded_value)
        named["secure"], named["path"], named["domain"] = True, "/", ""
        bound[BOUND + name] = named
    return bound
