"""Schemes on the console: the list, a new one, one with its rounds, the end of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import rounds as actions
from linli.assessments.forms.schemes import SchemeForm
from linli.assessments.models import Scheme
from linli.assessments.queries.round_lists import keeps, listed_schemes, rounds_of
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, told, trail
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words


@require_safe
@staff_only(*READERS)
def console_schemes(request: HttpRequest) -> HttpResponse:
    """List all schemes."""
    context = {"schemes": listed_schemes(), "keeps": acting(request).role in KEEPERS}
    return render(request, "assessments/schemes_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Begin a scheme."""
    by = acting(request)
    form = SchemeForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.begin_scheme(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Begun. Plan its first round."))
            return redirect("assessments:console_scheme", made.code)
    title = _("A new scheme")
    back = reverse("assessments:console_schemes")
    named = {"title": title, "button": _("Begin it"), "back": back}
    return form_page(request, form, **named, trail=trail((title, "")))


@require_safe
@staff_only(*READERS)
def console_scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one scheme with its rounds; those that are only planned to whoever keeps it."""
    scheme = scheme_of(code)
    mine = keeps(acting(request), scheme)
    context = {
        "scheme": scheme,
        "categories": scheme.categories.all(),
        "rounds": rounds_of(scheme, public=not mine),
        "keeps": mine and scheme.closed_on is None,
        "trail": trail((scheme.name, "")),
    }
    return render(request, "assessments/scheme_console.html", context)


@require_POST
@staff_only(*KEEPERS)
def scheme_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a scheme."""
    scheme = kept_scheme(request, code)
    return told(
        request,
        lambda: actions.close_scheme(by=acting(request), at=now(), scheme=scheme),
        _("Closed. What it named stands."),
        reverse("assessments:console_scheme", args=[code]),
    )


def scheme_of(code: str) -> Scheme:
    """Return the scheme that an address names."""
    return get_object_or_404(Scheme.objects.select_related("unit", "area"), code=code)


def kept_scheme(request: HttpRequest, code: str) -> Scheme:
    """Return the scheme that an address names, if whoever asks keeps it."""
    scheme = scheme_of(code)
    if not keeps(acting(request), scheme):
        raise Http404
    return scheme


def scheme_trail(scheme: Scheme, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through a scheme."""
    return trail((scheme.name, reverse("assessments:console_scheme", args=[scheme.code])), *steps)
