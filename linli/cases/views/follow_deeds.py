"""What the person does with their case, one small page a deed; each acts once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.actions import following, handing
from linli.cases.actions.forgetting import forget
from linli.cases.forms.following import AddForm, GrantForm, ObjectForm
from linli.cases.models import Case, HandOver
from linli.cases.queries.following import units_to_read
from linli.cases.views.ask_send import receipt_for
from linli.cases.views.follow import followed
from linli.cases.views.tickets import FOLLOWING
from linli.kernel.idempotency import new_key, once
from linli.kernel.models import Grant, Look
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.uploads import rebuild

Do = Callable[[Case, datetime, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: what it is called, what it means, what its button says, what is told afterwards."""

    title: Words
    about: Words
    button: Words
    said: str
    do: Do
    form: Callable[..., forms.Form] = forms.Form
    danger: bool = False


def _add(case: Case, at: datetime, given: dict[str, Any]) -> None:
    following.add(at=at, case=case, words=given["words"], photos=given["made"])


def _grant(case: Case, at: datetime, given: dict[str, Any]) -> None:
    following.give_grant(
        at=at,
        case=case,
        unit=given["unit"],
        fields=given["fields_given"],
        days=given["days"],
    )


def _grant_form(*args: Any) -> forms.Form:
    return GrantForm(*args, units=units_to_read())


DEEDS = {
    "add": Deed(
        _("Add something"),
        _("The unit that answers reads it."),
        _("Add it"),
        "added",
        _add,
        AddForm,
    ),
    "urge": Deed(
        _("Urge an answer"),
        _("The unit sees that you wait. You can do so once a day; it moves no clock."),
        _("Urge the unit"),
        "urged",
        lambda case, at, _given: following.urge(at=at, case=case),
    ),
    "withdraw": Deed(
        _("Withdraw it"),
        _(
            "Nobody works on it any more, and every leave to read ends. What you said is deleted earlier."
        ),
        _("Withdraw it"),
        "withdrawn",
        lambda case, at, _given: following.withdraw(at=at, case=case),
        danger=True,
    ),
    "object": Deed(
        _("It is not solved"),
        _(
            "It is opened again at the same unit, and the promised day of the whole case stays as it was."
        ),
        _("Say that it is not solved"),
        "objected",
        lambda case, at, given: following.object_to(at=at, case=case, words=given["words"]),
        ObjectForm,
    ),
    "close": Deed(
        _("It is solved"),
        _("You close it yourself. Afterwards you may give a grade that nobody can tie to you."),
        _("Close it"),
        "closed",
        lambda case, at, _given: following.close(at=at, case=case),
    ),
    "grant": Deed(
        _("Let another unit read it"),
        _(
            "It sees only what you choose, until the day you choose. You can take it back at any time."
        ),
        _("Give leave"),
        "granted",
        _grant,
        _grant_form,
    ),
    "forget": Deed(
        _("Delete everything now"),
        _(
            "The key to everything you said is destroyed. Nobody can open it again, neither you nor we,"
            " not even from a backup. What stays are counts."
        ),
        _("Delete for good"),
        "",
        lambda case, at, _given: forget(at=at, case=case),
        danger=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@followed
def deed(request: HttpRequest, case: Case, at: datetime, deed: str) -> HttpResponse:
    """Ask for what one deed needs, and do it."""
    if deed not in DEEDS:
        raise Http404
    chosen = DEEDS[deed]
    form = chosen.form(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            # Drawn anew before anything is locked: a large photo takes its time.
            files = form.cleaned_data.get("photos", [])
            made = tuple(rebuild(one.read(), name=one.name or "") for one in files)
            return _act(request, case, at, chosen, form.cleaned_data | {"made": made})
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    context = {"case": case, "deed": chosen, "form": form, "once": new_key()}
    context |= {"sensitive": case.topic.sensitive}
    status = 422 if form.is_bound else 200
    return render(request, "cases/public/deed.html", context, status=status)


@once
def _act(
    request: HttpRequest, case: Case, at: datetime, chosen: Deed, given: dict[str, Any]
) -> HttpResponse:
    chosen.do(case, at, given)
    return _done(case, chosen.said)


def _done(case: Case, said: str) -> HttpResponse:
    if said:
        return redirect(f"{reverse('cases:follow_case', args=[case.code])}?said={said}")
    response = redirect("cases:forgotten")
    FOLLOWING.take_back(response)
    return response


@require_POST
@followed
@once
def revoke(request: HttpRequest, case: Case, at: datetime, grant: str) -> HttpResponse:
    """Take back a leave to read."""
    given = get_object_or_404(Grant, subject=case.subject, about=case.code, code=grant)
    following.revoke_grant(at=at, case=case, grant=given)
    return _done(case, "revoked")


@require_POST
@followed
@once
def decide_leave(request: HttpRequest, case: Case, at: datetime, hand_over: str) -> HttpResponse:
    """Give or refuse leave for a hand-over that waits."""
    waiting = get_object_or_404(HandOver, case=case, code=hand_over)
    if request.POST.get("leave") == "yes":
        handing.give_leave(at=at, hand_over=waiting)
    else:
        handing.refuse_leave(at=at, hand_over=waiting)
    return _done(case, "leave")


@require_POST
@followed
@once
def why(request: HttpRequest, case: Case, at: datetime, look: str) -> HttpResponse:
    """Ask why somebody looked: a case of its own, with a receipt of its own."""
    seen = get_object_or_404(Look, subject=case.subject, code=look)
    receipt = following.ask_why(at=at, case=case, look=seen)
    return receipt_for(receipt.case, receipt.passphrase, at)


@require_POST
@followed
@once
def rate(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    """Hand out the token for one grade. The page that it opens knows nothing of the case."""
    return redirect("cases:rate", following.offer_rating(at=at, case=case))
