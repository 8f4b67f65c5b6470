"""What is given of samples: which to list, a new one, how it was taken, handed on, reported and heard."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.trace.actions.custody import HandingDraft
from linli.trace.actions.lab_hearings import MOST_WORDS
from linli.trace.actions.samples import SampleDraft, Taking
from linli.trace.models import Handing, Lot, Method, Premises, Sample
from linli.trace.queries.lots import find
from linli.trace.queries.samples import searched_samples

_CODE: Final = {"dir": "ltr", "autocomplete": "off"}
_MOMENT: Final = "%Y-%m-%dT%H:%M"
_KEPT_DAYS: Final = 180


def moment_field(label: Any) -> forms.DateTimeField:  # noqa: ANN401 - translated when shown
    """Return a field of a day and an hour."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=widget)


def day_field(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - translated when shown
    """Return a field of a day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def moment_now() -> str:
    """Return this minute, as such a field begins with it."""
    return f"{localtime(now()):{_MOMENT}}"


def among(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    field.queryset = rows


def units_field(label: Any, **more: Any) -> Any:  # noqa: ANN401 - translated when shown
    """Return a field of a unit."""
    return forms.ModelChoiceField(Unit.objects.none(), label=label, to_field_name="code", **more)


class SamplesForm(forms.Form):
    """Which samples to show. It lives in the address; what makes no sense is left out."""

    words = forms.CharField(
        label=_("Code, premises, what was taken"), max_length=60, required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *Sample.STATES], required=False
    )

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    def found(self, samples: QuerySet[Sample]) -> QuerySet[Sample]:
        """Return those that were asked for."""
        given = self.cleaned_data
        words = str(given.get("words") or "").replace("\0", "").strip()
        if state := given.get("state"):
            samples = samples.filter(state=state)
        return searched_samples(samples, words)

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return any(self.cleaned_data.get(name) for name in self.fields)


class SampleForm(forms.Form):
    """One sample that no draw chose."""

    premises = forms.CharField(
        label=_("Code of the premises"), max_length=20, widget=forms.TextInput(attrs=_CODE)
    )
    lot = forms.CharField(
        label=pgettext_lazy("goods", "Lot"),
        max_length=120,
        required=False,
        help_text=_("Our code, or what its label says. It can be said when the sample is taken."),
        widget=forms.TextInput(attrs=_CODE),
    )
    method = forms.ModelChoiceField(Method.objects.none(), label=_("Method of the laboratory"))
    unit = units_field(_("Unit that takes the sample"))
    laboratory = units_field(_("Laboratory"))

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data)
        units = Unit.objects.working().order_by("name")
        own = units.filter(name=by.unit)
        among(self, "method", Method.objects.filter(ended_on=None))
        among(self, "unit", own if by.role == Role.OFFICER else units)
        among(self, "laboratory", units)
        if found := own.first():
            self.initial["unit"] = found.code

    def clean_premises(self) -> Premises:
        """Return the premises of this code."""
        code = read_code(self.cleaned_data["premises"]) or ""
        found = Premises.objects.select_related("operator__unit").filter(code=code).first()
        if found is None:
            raise ValidationError(_("No premises have this code."))
        return found

    def clean_lot(self) -> Lot | None:
        """Return the lot of this code, None where nothing is typed."""
        return read_lot(self.cleaned_data["lot"])

    def draft(self) -> SampleDraft:
        """Return what was given."""
        return SampleDraft(**self.cleaned_data)


def read_lot(typed: str) -> Lot | None:
    """Return the lot that was typed, None for nothing. Raises ValidationError for one that there is not."""
    if not typed.strip():
        return None
    found = find(typed)
    if found is None:
        raise ValidationError(_("There is no such lot."))
    return found


class TakingForm(forms.Form):
    """How a sample was taken."""

    material = forms.CharField(label=_("What was taken"), max_length=120)
    lot = forms.CharField(
        label=pgettext_lazy("goods", "Lot"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=_CODE),
    )
    taken_at = moment_field(_("Taken at"))
    seal = forms.CharField(label=_("Seal"), max_length=40, widget=forms.TextInput(attrs=_CODE))
    counter_seal = forms.CharField(
        label=_("Seal of the counter-sample"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_CODE),
        help_text=_("Empty where there was too little for one."),
    )
    keep_until = day_field(_("Counter-sample kept until"), required=False)
    longest_hours = forms.IntegerField(
        label=_("Hours on the way at most"), min_value=1, max_value=2000, initial=72
    )
    coldest = forms.DecimalField(
        label=_("Not colder than (°C)"), max_digits=5, decimal_places=1, required=False
    )
    warmest = forms.DecimalField(
        label=_("Not warmer than (°C)"), max_digits=5, decimal_places=1, required=False
    )

    def __init__(self, data: Any = None, *, sample: Sample) -> None:  # noqa: ANN401
        kept = localdate(now()) + timedelta(days=_KEPT_DAYS)
        super().__init__(data, initial={"taken_at": moment_now(), "keep_until": kept})
        if sample.lot is not None:
            del self.fields["lot"]

    def clean_lot(self) -> Lot | None:
        """Return the lot of this code, None where nothing is typed."""
        return read_lot(self.cleaned_data["lot"])

    def taking(self) -> Taking:
        """Return what was given; no counter-sample is kept for no day."""
        given = dict(self.cleaned_data)
        if not given["counter_seal"].strip():
            given["keep_until"] = None
        return Taking(**given)


class HandingForm(forms.Form):
    """One handing-over, as it was seen."""

    taker = units_field(_("Taken over by"))
    handed_at = moment_field(_("Handed over at"))
    seal = forms.CharField(label=_("Seal seen"), max_length=40, widget=forms.TextInput(attrs=_CODE))
    whole = forms.TypedChoiceField(
        label=_("The seal"),
        choices=[("yes", _("was whole")), ("no", _("was broken"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    new_seal = forms.CharField(
        label=_("New seal"), max_length=40, required=False, widget=forms.TextInput(attrs=_CODE)
    )
    celsius = forms.DecimalField(
        label=_("Temperature (°C)"), max_digits=5, decimal_places=1, required=False
    )
    refused = forms.CharField(
        label=_("Why the laboratory does not take it in"), max_length=240, required=False
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        *,
        by: Actor,
        sample: Sample,
        part: str,
    ) -> None:
        super().__init__(data, initial={"handed_at": moment_now()})
        self.part = part
        units = Unit.objects.working().order_by("name")
        among(self, "taker", units)
        if found := units.filter(name=by.unit).first():
            self.initial["taker"] = found.code
        if part == Handing.COUNTER:
            del self.fields["refused"]

    def draft(self) -> HandingDraft:
        """Return what was given."""
        return HandingDraft(part=self.part, **self.cleaned_data)


class WhyForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=_("Why"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )


class AppraisalForm(forms.Form):
    """What experts said of one target."""

    target = forms.ChoiceField(label=_("Target"))
    words = forms.CharField(
        label=_("Appraisal"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class HearingForm(forms.Form):
    """What an operator replies to a result."""

    words = forms.CharField(
        label=_("Your reply"),
        max_length=MOST_WORDS,
        help_text=_("It stands in public beside the result. Name no person in it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    counter = forms.BooleanField(
        label=_("Have the sealed counter-sample tested in another laboratory"), required=False
    )
