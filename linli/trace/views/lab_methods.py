"""Methods of laboratories on the console: versions, a new one, one of them with its cut-offs and controls."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import lab_methods as actions
from linli.trace.forms.lab_methods import EndForm, MethodForm, document_of
from linli.trace.models import Method
from linli.trace.views.lab_words import ROLES
from linli.trace.views.ways import DO, READERS, form_page, posted, trail
from linli.ui.private import private


@private
@require_safe
@staff_only(*READERS)
def methods(request: HttpRequest) -> HttpResponse:
    """List the versions of all methods."""
    enters = acting(request).role == Role.PLANNER
    context = {"rows": Method.objects.all(), "enters": enters, "trail": _trail()}
    return render(request, "trace/methods.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def method_new(request: HttpRequest) -> HttpResponse:
    """Enter a version; `?from=` begins with another one."""
    form = MethodForm(posted(request), initial=_begun(request.GET.get("from", "")))
    if form.is_valid():
        try:
            made = actions.enter_method(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Entered. What is decided by it stays decided by it."))
            return redirect("trace:method", made.pk)
    title = _("Enter a version of a method")
    named = {"title": title, "button": title, "back": reverse("trace:methods")}
    return form_page(request, form, **named, trail=_trail((title, "")))


@private
@require_safe
@staff_only(*READERS)
def method(request: HttpRequest, number: int) -> HttpResponse:
    """Show one version."""
    found = get_object_or_404(Method, pk=number)
    context = {
        "method": found,
        "controls": [(ROLES[role], n) for role, n in found.body.get("controls", {}).items()],
        "document": document_of(found),
        "enters": acting(request).role == Role.PLANNER,
        "trail": _trail((str(found), "")),
    }
    return render(request, "trace/method.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def method_end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a version is not used any more."""
    found = get_object_or_404(Method, pk=number)
    form = EndForm(posted(request), initial={"on": localdate(now())})
    back = reverse("trace:method", args=[number])
    if form.is_valid():
        try:
            actions.end_method(by=acting(request), at=now(), method=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Ended. Its results stand."))
            return redirect(back)
    title = _("End this version")
    named = {"title": title, "button": title, "back": back, "lead": str(found)}
    return form_page(request, form, **named, trail=_trail((str(found), back), (title, "")))


def _begun(number: str) -> dict[str, str]:
    found = Method.objects.filter(pk=number).first() if number.isdecimal() else None
    if found is None:
        return {}
    named = {"key": found.key, "name": found.name, "standard": found.standard}
    return named | {"document": document_of(found)}


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:methods") if steps else ""
    return trail(
        (_("Samples"), reverse("trace:samples")), (_("Methods of laboratories"), here), *steps
    )
