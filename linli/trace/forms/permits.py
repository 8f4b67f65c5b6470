"""What is given of permits: which to show, what is applied for, what is decided and why."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.trace.actions.applying import ApplicationDraft
from linli.trace.actions.paper_kinds import KindDraft
from linli.trace.actions.permits import Grant
from linli.trace.models import Application, PaperKind, Permit, Premises
from linli.trace.queries.applications import MINE, OVERDUE, renewable
from linli.trace.queries.permit_lists import ENDING, STRUCK, UNCHECKED
from linli.trace.rules.permit_states import EXPIRED
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN

DAY: Final[dict[str, Any]] = {
    "input_formats": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}
MOMENT: Final[dict[str, Any]] = {
    "input_formats": ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
}
_LINES: Final = {"rows": 3, "dir": "auto"}
_STATES: Final[tuple[tuple[str, Words], ...]] = (
    ("", _("All")),
    (VALID, pgettext_lazy("permit", "valid")),
    (SUSPENDED, pgettext_lazy("permit", "suspended")),
    (WITHDRAWN, pgettext_lazy("permit", "withdrawn")),
    (EXPIRED, pgettext_lazy("permit", "expired")),
)


class _Asked(forms.Form):
    """Which rows to show. It lives in the address; what makes no sense is left out."""

    words = forms.CharField(label=_("Premises, business or number"), max_length=60, required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for."""
        said = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return said | {"words": said["words"].replace("\0", "").strip()}


class PermitsForm(_Asked):
    """Which permits to show."""

    state = forms.ChoiceField(label=_("State"), choices=_STATES, required=False)
    field_order = ("words", "state")


class CertificatesForm(_Asked):
    """Which certificates to show staff."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            (UNCHECKED, pgettext_lazy("certificate", "not checked yet")),
            (ENDING, pgettext_lazy("certificate", "over or ending soon")),
            (STRUCK, pgettext_lazy("certificate", "struck")),
        ],
        required=False,
    )


class ApplicationsForm(_Asked):
    """Which applications to show staff."""

    stage = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            (MINE, pgettext_lazy("application", "not decided yet")),
            (OVERDUE, pgettext_lazy("application", "over their day")),
            *Application.STAGES,
        ],
        required=False,
    )


class ApplyForm(forms.Form):
    """What is applied for: where, and for what."""

    premises = forms.ModelChoiceField(
        Premises.objects.none(), label=_("Premises"), to_field_name="code", empty_label=_("Choose")
    )
    scope = forms.MultipleChoiceField(
        label=_("What the permit is for"),
        choices=Premises.ACTIVITIES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is done there."),
    )
    renews = forms.ModelChoiceField(
        Permit.objects.none(),
        label=_("It is to follow this permit"),
        to_field_name="code",
        required=False,
        empty_label=_("None: it is the first one"),
    )

    def __init__(self, *args: Any, among: Any, **given: Any) -> None:  # noqa: ANN401 - premises
        super().__init__(*args, **given)
        done = {activity for one in among for activity in one.activities}
        scope = self.fields["scope"]
        assert isinstance(scope, forms.MultipleChoiceField)  # noqa: S101 - declared above
        scope.choices = [one for one in Premises.ACTIVITIES if one[0] in done]
        for name, rows in (("premises", among), ("renews", renewable(among))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = rows

    def draft(self) -> ApplicationDraft:
        """Return what was given."""
        return ApplicationDraft(**self.cleaned_data)


class KnownForm(forms.Form):
    """As known when a lot is judged: empty, as known now."""

    known = forms.DateTimeField(label=_("As known at"), required=False, **MOMENT)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.is_valid()

    @property
    def known_at(self) -> datetime | None:
        """The moment, None for now."""
        return self.cleaned_data.get("known")


class ReasonForm(forms.Form):
    """Why something is done, in words that whoever it is about understands."""

    reason = forms.CharField(
        label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs=_LINES)
    )


class SuspendForm(ReasonForm):
    """Why a permit is suspended, and from when."""

    from_at = forms.DateTimeField(
        label=_("From"),
        required=False,
        help_text=_("Empty: from now. An earlier moment, where it was found out later."),
        **MOMENT,
    )


class GrantForm(forms.Form):
    """From when until when a permit is given, and why."""

    valid_from = forms.DateField(label=_("Valid from"), **DAY)
    valid_until = forms.DateField(label=_("Valid until"), help_text=_("The last day."), **DAY)
    number = forms.CharField(
        label=_("Number on the paper"),
        max_length=60,
        required=False,
        help_text=_("Empty: the year with a code of ours."),
    )
    reason = forms.CharField(
        label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs=_LINES)
    )

    def __init__(self, sent: Any = None) -> None:  # noqa: ANN401 - a QueryDict
        today = localdate(now())
        last = date(today.year + 3, today.month, min(today.day, 28))
        super().__init__(sent, initial={"valid_from": today, "valid_until": last})

    def grant(self) -> Grant:
        """Return what was given."""
        given = self.cleaned_data
        return Grant(given["valid_from"], given["valid_until"], given["number"])


class KindForm(forms.Form):
    """One kind of paper: what asks for it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    key = forms.SlugField(
        label=_("Short name for tables"),
        max_length=40,
        help_text=_("For tables and programs: Latin letters, digits and hyphens."),
    )
    use = forms.ChoiceField(label=_("What for"), choices=PaperKind.USES, widget=forms.RadioSelect)
    activities = forms.MultipleChoiceField(
        label=_("Asked of"), choices=Premises.ACTIVITIES, widget=forms.CheckboxSelectMultiple
    )
    needed = forms.BooleanField(label=_("Nothing goes on without it"), required=False, initial=True)

    def draft(self) -> KindDraft:
        """Return what was given."""
        return KindDraft(**self.cleaned_data)
