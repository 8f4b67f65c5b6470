"""What is given of inspections: where and when, what was found and ordered, what the premises say to it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.actions.correcting import Seen
from linli.assessments.actions.inspecting import InspectionDraft
from linli.assessments.actions.register import LONGEST
from linli.assessments.actions.subjects import SubjectDraft
from linli.assessments.forms.schemes import DAY, choose, own_unit
from linli.assessments.models import Edition, Finding, Inspection, Subject
from linli.assessments.queries.inspection_results import MADE, PLANNED, PUBLISHED
from linli.assessments.queries.inspections import checklists
from linli.assessments.rules.findings import MOST_DAYS
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor
from linli.kernel.text import Words

STATES: Final[tuple[tuple[str, Words], ...]] = (
    ("", _("All")),
    (PLANNED, pgettext_lazy("inspection", "planned")),
    (MADE, pgettext_lazy("inspection", "made, not published")),
    (PUBLISHED, pgettext_lazy("inspection", "published")),
    ("overdue", _("with an order overdue")),
)
_LINES: Final = {"rows": 3, "dir": "auto"}


class ListForm(forms.Form):
    """Which inspections to show staff. It lives in the address; what makes no sense is left out."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    words = forms.CharField(label=_("Premises"), max_length=60, required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class RegisterForm(forms.Form):
    """Which results to show everybody."""

    words = forms.CharField(label=_("Premises"), max_length=60, required=False)
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Place"), to_field_name="code", required=False
    )
    faults = forms.ChoiceField(
        label=_("Findings"),
        choices=[("", _("All")), ("open", _("with something still open"))],
        required=False,
    )

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        told = Inspection.objects.published().order_by()
        places = Area.objects.filter(pk__in=told.values("assessment__subject__area"))
        choose(self, "area", places, _("All"))
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for."""
        area = self.cleaned_data.get("area")
        words = str(self.cleaned_data.get("words") or "").replace("\0", "")
        return {
            "words": words,
            "area": area.code if area else "",
            "faults": bool(self.cleaned_data.get("faults")),
        }


class PremisesForm(forms.Form):
    """One place that may be inspected. Never a person: a name over a door."""

    name = forms.CharField(label=_("Name over the door"), max_length=120)
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Place"), to_field_name="code", empty_label=_("Choose")
    )
    street = forms.CharField(label=_("Address"), max_length=200, required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Unit that answers for it"),
        to_field_name="code",
        required=False,
        help_text=_("For a canteen of a unit, for example. It is told nothing before the visit."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        choose(self, "area", Area.objects.order_by("code"), _("Choose"))
        choose(self, "unit", Unit.objects.order_by("name"), _("None"))

    def draft(self) -> SubjectDraft:
        """Return what was given."""
        return SubjectDraft(Subject.PREMISES, **self.cleaned_data)


class ChecklistField(forms.ModelChoiceField[Edition]):
    """One checklist, by its name and number."""

    def label_from_instance(self, obj: Edition) -> str:
        """Return its name, and which edition it is."""
        return f"{obj.instrument.name} · {obj.number}"


class PlanForm(forms.Form):
    """One visit: by which checklist, which unit, on which day."""

    edition = ChecklistField(Edition.objects.none(), label=_("Checklist"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that goes"), to_field_name="code"
    )
    day = forms.DateField(label=_("Day of the visit"), **DAY)

    def __init__(self, *args: Any, by: Actor) -> None:
        super().__init__(*args)
        choose(self, "edition", checklists(), _("Choose"))
        own_unit(self, by)

    def draft(self, of: Subject, after: Inspection | None) -> InspectionDraft:
        """Return what was given."""
        return InspectionDraft(subject=of, after=after, **self.cleaned_data)


class FindingForm(forms.Form):
    """What was found, in words that anybody understands."""

    severity = forms.ChoiceField(label=_("How grave"), choices=Finding.SEVERITIES)
    words = forms.CharField(
        label=_("What was found"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=_LINES),
    )


class OrderForm(forms.Form):
    """What must be done, in how many working days."""

    words = forms.CharField(
        label=_("What must be done"), max_length=1000, widget=forms.Textarea(attrs=_LINES)
    )
    days = forms.IntegerField(
        label=_("Working days to do it"), min_value=1, max_value=MOST_DAYS, initial=5
    )


class CheckForm(forms.Form):
    """What was seen of an order."""

    met = forms.TypedChoiceField(
        label=_("Was it put right?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What was seen"), max_length=1000, widget=forms.Textarea(attrs=_LINES)
    )
    visit = forms.ModelChoiceField(
        Inspection.objects.none(), label=_("Seen at the visit"), required=False
    )

    def __init__(self, *args: Any, of: Inspection) -> None:
        super().__init__(*args)
        same = Inspection.objects.filter(assessment__subject=of.assessment.subject_id)
        made = same.filter(assessment__done_at__isnull=False).exclude(pk=of.pk)
        choose(self, "visit", made.select_related("assessment"), _("None: by papers or photos"))

    def seen(self) -> Seen:
        """Return what was given."""
        return Seen(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=_LINES))


class ReplyForm(forms.Form):
    """What the premises say to their result, with the code from the paper that was handed over."""

    code = forms.CharField(label=_("Code of the inspection"), max_length=20)
    passphrase = forms.CharField(
        label=_("Passphrase"), max_length=40, help_text=_("Sixteen digits, from the paper.")
    )
    words = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Everybody reads it beside the result. Name no person."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["passphrase"].widget.attrs.update(
            {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
        )
        self.fields["code"].widget.attrs.update({"autocomplete": "off", "dir": "ltr"})
