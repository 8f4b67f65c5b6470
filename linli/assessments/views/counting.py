"""What the units at each level of a scheme are counted as: facts that prove what reports claim."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.assessments.actions.counting import count_levels
from linli.assessments.forms.counting import CountsForm
from linli.assessments.views.schemes import kept_scheme, scheme_trail
from linli.assessments.views.ways import DO, KEEPERS, form_page, posted
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def scheme_counts(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the indicators as which the levels of a scheme are counted."""
    scheme = kept_scheme(request, code)
    form = CountsForm(posted(request), scheme=scheme)
    back = reverse("assessments:console_scheme", args=[code])
    if form.is_valid():
        try:
            count_levels(by=acting(request), at=now(), scheme=scheme, counts=form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("It is noted. The figures follow within the hour."))
            return redirect(back)
    title = _("What the levels count as")
    named = {"title": title, "button": _("Count it so"), "back": back}
    return form_page(request, form, **named, trail=scheme_trail(scheme, (title, "")))
