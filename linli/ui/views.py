"""The living styleguide, and the choices that a reader may make about the look of pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.ui import guide
from linli.ui.context import look_of
from linli.ui.languages import LANGUAGES
from linli.ui.look import CHOICES, REMEMBERED, address_in, chosen

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@vary_on_cookie
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every token and component; the address says in which look."""
    look = look_of(request).asked(request.GET.dict())
    return render(request, "ui/styleguide.html", guide.page(look))


# Without a token: forging this changes the size of letters at most, and a page without a token
# needs no cookie, so that residents' pages set none and stay cacheable.
@csrf_exempt
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember a choice and go back to where it was made."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}) or back[:1] != "/":
        back = "/"
    code = request.POST.get("language")
    if any(language.code == code for language in LANGUAGES):
        back = address_in(back, str(code))
    response = HttpResponseRedirect(back, status=303)
    for name, value in chosen(request.POST.dict(), REMEMBERED).items():
        if value == CHOICES[name][0]:
            response.delete_cookie(name, samesite="Lax")
        else:
            response.set_cookie(
                name,
                value,
                max_age=A_YEAR,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Describe the site to a phone's home screen. No service worker: nothing stays on a phone."""
    return JsonResponse(
        {
            "name": _("Linli: from promise to proof"),
            "short_name": _("Linli"),
            "start_url": "/",
            "display": "browser",
            "theme_color": "#9b2335",
            "background_color": "#faf6ef",
            "icons": [
                {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": static("ui/icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": static("ui/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            ],
        },
        content_type="application/manifest+json",
    )
