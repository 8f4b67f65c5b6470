"""What is done with a sample, each on a page of its own: taken, handed on, reported, approved, told, heard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import custody, lab_hearings, lab_reports, samples
from linli.trace.forms.lab_samples import (
    AppraisalForm,
    HandingForm,
    HearingForm,
    TakingForm,
    WhyForm,
)
from linli.trace.models import Handing, Report, Sample
from linli.trace.queries.lab_standing import standing_of
from linli.trace.queries.samples import reports_of, samples_seen
from linli.trace.rules.laboratory.confirming import EXPERTS
from linli.trace.views.ways import DO, READERS, form_page, posted, trail
from linli.ui.private import private

Form = Any


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: its title, what is asked for it, what does it, and what is said then."""

    title: Words
    form: Callable[[Any, Actor, Sample], forms.Form]
    do: Callable[[Form, dict[str, Any], Sample], object]
    done: Words
    lead: Words = ""


def _nothing(data: Any, _by: Actor, _sample: Sample) -> forms.Form:  # noqa: ANN401 - a QueryDict
    return forms.Form(data)


def _why(data: Any, _by: Actor, _sample: Sample) -> forms.Form:  # noqa: ANN401
    return WhyForm(data)


def _amending(data: Any, _by: Actor, sample: Sample) -> forms.Form:  # noqa: ANN401
    return WhyForm(data) if sample.reports.exists() else forms.Form(data)


def _appraisal(data: Any, _by: Actor, sample: Sample) -> forms.Form:  # noqa: ANN401
    form = AppraisalForm(data)
    asked = [name for name, one in standing_of(sample).items() if one.needs == EXPERTS]
    form.fields["target"].choices = [(name, name) for name in asked]  # type: ignore[attr-defined]
    return form


def _last(sample: Sample) -> Report:
    return get_object_or_404(sample.reports.order_by("-number")[:1])


DEEDS: Final[dict[str, Deed]] = {
    "take": Deed(
        gettext_lazy("Write down how it was taken"),
        lambda data, _by, sample: TakingForm(data, sample=sample),
        lambda form, who, sample: samples.take_sample(**who, sample=sample, taking=form.taking()),
        gettext_lazy("Taken. Now hand it over under its seal."),
    ),
    "leave-out": Deed(
        gettext_lazy("Leave it out"),
        _why,
        lambda form, who, sample: samples.leave_out(**who, sample=sample, **form.cleaned_data),
        gettext_lazy("Left out, with the reason."),
    ),
    "hand-over": Deed(
        gettext_lazy("Hand the sample over"),
        lambda data, by, sample: HandingForm(data, by=by, sample=sample, part=Handing.MAIN),
        lambda form, who, sample: custody.hand_over(**who, sample=sample, draft=form.draft()),
        gettext_lazy("Written down, as both saw it."),
    ),
    "hand-counter": Deed(
        gettext_lazy("Hand the counter-sample over"),
        lambda data, by, sample: HandingForm(data, by=by, sample=sample, part=Handing.COUNTER),
        lambda form, who, sample: custody.hand_over(**who, sample=sample, draft=form.draft()),
        gettext_lazy("Written down, as both saw it."),
    ),
    "dispose": Deed(
        gettext_lazy("Dispose of what is left"),
        _nothing,
        lambda _form, who, sample: samples.dispose(**who, sample=sample),
        gettext_lazy("Disposed of."),
    ),
    "destroy-counter": Deed(
        gettext_lazy("Destroy the counter-sample"),
        _nothing,
        lambda _form, who, sample: samples.destroy_counter(**who, sample=sample),
        gettext_lazy("Destroyed."),
    ),
    "report": Deed(
        gettext_lazy("Write the report"),
        _amending,
        lambda form, who, sample: lab_reports.write_report(
            **who, sample=sample, **form.cleaned_data
        ),
        gettext_lazy("Written from what the tests say. Somebody else approves it."),
        gettext_lazy("It says what the tests say: nothing of it is typed."),
    ),
    "approve": Deed(
        gettext_lazy("Approve the report"),
        _nothing,
        lambda _form, who, sample: lab_reports.approve_report(**who, report=_last(sample)),
        gettext_lazy("Approved."),
        gettext_lazy("You stand for it that its tests were made as its method says."),
    ),
    "tell": Deed(
        gettext_lazy("Tell the operator"),
        _nothing,
        lambda _form, who, sample: lab_hearings.tell_operator(**who, report=_last(sample)),
        gettext_lazy("Told. Its days to reply run from now on."),
        gettext_lazy(
            "From now on its seven working days run. It finds the result at its workplace."
        ),
    ),
    "reply": Deed(
        gettext_lazy("Enter the reply of the operator"),
        lambda data, _by, _sample: HearingForm(data),
        lambda form, who, sample: lab_hearings.reply_to_result(
            **who, report=_last(sample), **form.cleaned_data
        ),
        gettext_lazy("Entered."),
    ),
    "withhold": Deed(
        gettext_lazy("Withhold the reply"),
        _why,
        lambda form, who, sample: lab_hearings.withhold_reply(
            **who, hearing=_last(sample).hearing, **form.cleaned_data
        ),
        gettext_lazy("Withheld. The reason stands in its place."),
    ),
    "appraisal": Deed(
        gettext_lazy("Enter what experts say"),
        _appraisal,
        lambda form, who, sample: lab_reports.give_appraisal(
            **who, sample=sample, **form.cleaned_data
        ),
        gettext_lazy("Entered. The target stays undecided."),
    ),
}


@private
@require_http_methods(DO)
@staff_only(*READERS)
def sample_deed(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one thing with a sample."""
    by, found = acting(request), get_object_or_404(samples_seen(acting(request)), code=code)
    if deed not in dict(deeds_open(found, reports_of(found), by)):
        raise Http404
    told, form = DEEDS[deed], DEEDS[deed].form(posted(request), by, found)
    back = reverse("trace:sample", args=[code])
    if form.is_valid():
        try:
            told.do(form, {"by": by, "at": now()}, found)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, str(told.done))
            return redirect(back)
    named = {"title": told.title, "button": told.title, "back": back, "lead": told.lead}
    samples_at = (_("Samples"), reverse("trace:samples"))
    return form_page(
        request, form, **named, trail=trail(samples_at, (code, back), (told.title, ""))
    )


def deeds_open(sample: Sample, reports: Sequence[Report], by: Actor) -> list[tuple[str, Words]]:
    """Return what somebody may do with a sample now: the key of each deed and its title."""
    keys = _of_hearing(sample, reports, by)
    if by.role == Role.OFFICER and by.unit == sample.laboratory.name:
        keys += _of_laboratory(sample, reports, by)
    if by.role == Role.OFFICER:
        keys += _of_hands(sample)
    if by.role == Role.PLANNER:
        keys += _of_experts(sample)
    if by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == sample.unit.name):
        keys += _of_taker(sample)
    return [(key, DEEDS[key].title) for key in keys]


def _of_taker(sample: Sample) -> list[str]:
    if sample.state == "planned":
        return ["take", "leave-out"]
    over = sample.keep_until is not None and sample.keep_until <= localdate(now())
    return ["destroy-counter"] if over and sample.counter_state in ("sealed", "opened") else []


def _of_experts(sample: Sample) -> list[str]:
    asked = any(one.needs == EXPERTS for one in standing_of(sample).values())
    return ["appraisal"] if asked else []


def _of_hands(sample: Sample) -> list[str]:
    keys = ["hand-over"] if sample.state in ("taken", "on_the_way") else []
    return keys + (["hand-counter"] if sample.counter_state in ("sealed", "sent", "opened") else [])


def _of_laboratory(sample: Sample, reports: Sequence[Report], by: Actor) -> list[str]:
    keys = ["dispose"] if sample.state in ("tested", "refused") else []
    last = reports[0] if reports else None
    if last is not None and last.approved_at is None:
        return ["approve", *keys] if last.by_name != by.name else keys
    return ["report", *keys] if sample.state == "tested" or last is not None else keys


def _of_hearing(sample: Sample, reports: Sequence[Report], by: Actor) -> list[str]:
    last = reports[0] if reports else None
    if last is None or last.approved_at is None:
        return []
    unit = sample.premises.operator.unit.name
    keeps = by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == unit)
    hearing = getattr(last, "hearing", None)
    if hearing is None:
        return ["tell"] if keeps else []
    if hearing.replied_at is None:
        return ["reply"] if keeps and last.published_at is None else []
    withholds = by.role in (Role.PLANNER, Role.SUPERVISOR) and by.unit != unit
    return ["withhold"] if withholds and hearing.withheld_at is None else []
