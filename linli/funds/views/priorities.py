"""Rules of priority areas on the console, and what goes by them; and the same rules for everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.funds.actions import priorities as actions
from linli.funds.forms.priorities import CriterionForm, RuleForm
from linli.funds.models import Criterion, Priority
from linli.funds.queries.priorities import visible_priorities
from linli.funds.schemas.priority_words import told_grounds, told_rule
from linli.funds.views.ways import DO, KEEPERS, READERS, form_page, posted, told, trail, ways
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

_FIELDS = {"no_name": "name", "not_official": "indicator", "threshold_wrong": "threshold"}
_FIELDS |= {"no_words": "words", "no_source": "source", "not_an_address": "address"}


@private
@require_safe
@staff_only(*READERS)
def console_priorities(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    rules = [told_rule(one) for one in visible_priorities(by)]
    context = {"rules": rules, "may_say": by.role in KEEPERS, "ways": ways()}
    return render(request, "funds/priority_list.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def priority_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = RuleForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.say_rule(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Written down. Look at the areas, then publish it."))
            return redirect("funds:console_priority", made.code)
    title = _("A new rule of priority areas")
    back = reverse("funds:console_priorities")
    around = {"title": title, "button": _("Write it down"), "trail": _trail((title, ""))}
    return form_page(request, form, back=back, **around)


@private
@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def console_priority(request: HttpRequest, code: str) -> HttpResponse:
    """Show a rule with its areas and what goes by it; name what goes by it."""
    by = acting(request)
    found = get_object_or_404(visible_priorities(by), code=code)
    form = CriterionForm(posted(request), by=by)
    if form.is_valid():
        try:
            actions.name_criterion(by=by, at=now(), priority=found, of=form.of())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Its money goes by this rule."))
            return redirect("funds:console_priority", code)
    context = told_rule(found) | {
        "form": form,
        "grounds": told_grounds(_criteria(found)),
        "keeps": _keeps(by, found),
        "names": by.role in KEEPERS and found.published_at is not None,
        "trail": _trail((found.name, "")),
    }
    return render(request, "funds/priority.html", context, status=422 if form.is_bound else 200)


@private
@require_POST
@staff_only(*KEEPERS)
def priority_publish(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(visible_priorities(by), code=code)
    return told(
        request,
        lambda: actions.publish_rule(by=by, at=now(), priority=found),
        _("Published: everybody sees it now."),
        reverse("funds:console_priority", args=[code]),
    )


@private
@require_POST
@staff_only(*KEEPERS)
def criterion_end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    by = acting(request)
    rules = visible_priorities(by)
    found = get_object_or_404(Criterion, pk=number, priority__code=code, priority__in=rules)
    return told(
        request,
        lambda: actions.end_criterion(by=by, at=now(), criterion=found),
        _("Ended: its money goes by this rule no longer."),
        reverse("funds:console_priority", args=[code]),
    )


@require_safe
@vary_on_cookie
def public_priorities(request: HttpRequest) -> HttpResponse:
    rules = Priority.objects.published().select_related("indicator", "unit", "evidence")
    context = {"rules": [told_rule(one) for one in rules], "trail": _public_trail()}
    return render(request, "funds/priorities_public.html", context)


@require_safe
@vary_on_cookie
def public_priority(request: HttpRequest, code: str) -> HttpResponse:
    rules = Priority.objects.published().select_related("indicator", "unit", "evidence")
    found = get_object_or_404(rules, code=code)
    shown = [
        one
        for one in _criteria(found)
        if (one.fund or one.programme).published_at is not None  # type: ignore[union-attr]
    ]
    context = told_rule(found) | {
        "grounds": told_grounds(shown, public=True),
        "trail": _public_trail((found.name, "")),
    }
    return render(request, "funds/priority_public.html", context)


def _criteria(priority: Priority) -> list[Criterion]:
    """Return what goes by a rule now."""
    standing = priority.criteria.filter(ended_at=None)
    return list(standing.select_related("fund__unit", "programme__unit", "priority"))


def _keeps(by: Actor, priority: Priority) -> bool:
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == priority.unit.name)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("funds:console_priorities") if steps else ""
    return trail((_("Priority areas"), here), *steps)


def _public_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("funds:priorities") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Priority areas"), here), *steps]
