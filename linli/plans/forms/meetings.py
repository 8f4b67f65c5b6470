"""What a planner gives bodies and meetings: seats, days, points, who came, minutes, decisions."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.directory.queries import UnitNames
from linli.plans.actions.drafts import BodyDraft
from linli.plans.forms.ledger import DAY, QuickSelect
from linli.plans.forms.programmes import choose, places
from linli.plans.forms.tasks import UnitsField
from linli.plans.models import AgendaItem, Body, Meeting, Programme

_MOMENT = "%Y-%m-%dT%H:%M"


class SeatsForm(forms.Form):
    """The units that sit in a body, and the one that chairs."""

    chair = UnitsField(
        label=_("Chairing unit"),
        required=False,
        widget=forms.TextInput,
        help_text=_("Units, never persons."),
    )
    units = UnitsField(
        label=_("Member units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Full or short names, with commas between or one a line."),
    )

    def __init__(self, data: Any = None, *, area: Area | None, body: Body | None = None) -> None:  # noqa: ANN401
        seats = list(body.seats.select_related("unit")) if body else []
        given = {
            "chair": "、".join(seat.unit.name for seat in seats if seat.chairs),
            "units": "\n".join(seat.unit.name for seat in seats if not seat.chairs),
        }
        super().__init__(data, initial=given)
        names = UnitNames.around(area) if area else UnitNames((), {})
        for name in ("chair", "units"):
            field = self.fields[name]
            assert isinstance(field, UnitsField)  # noqa: S101 - declared so above
            field.names = names

    def clean_chair(self) -> Unit | None:
        """Refuse two chairs."""
        units: tuple[Unit, ...] = self.cleaned_data["chair"]
        if len(units) > 1:
            raise forms.ValidationError(_("One unit chairs."))
        return units[0] if units else None


class BodyForm(SeatsForm):
    """A body: name, kind, place, what it stands under, and its seats."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.KINDS)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"), widget=QuickSelect)
    above = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Stands under"),
        required=False,
        to_field_name="code",
        help_text=_("The body one level up: of the city, of the province."),
    )
    field_order = ("name", "kind", "area", "above", "chair", "units")

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        # Names of units are understood as offices of the place that the form itself names.
        place = Area.objects.filter(code=data.get("area", "")).first() if data else None
        super().__init__(data, area=place)
        choose(self, "area", places())
        choose(self, "above", Body.objects.all())

    def draft(self) -> BodyDraft:
        """Return what was given."""
        return BodyDraft(**self.cleaned_data)


class MeetingForm(forms.Form):
    """A meeting to come: title, moment, place, and the first points."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts_at = forms.DateTimeField(
        label=_("Starts"),
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format=_MOMENT, attrs={"type": "datetime-local"}),
    )
    venue = forms.CharField(label=_("Where"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Points"),
        required=False,
        help_text=_("One a line. What was left open comes back by itself and stands first."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def given(self) -> tuple[str, datetime, str, list[str]]:
        """Return title, moment, venue and points."""
        said = self.cleaned_data
        return said["title"], said["starts_at"], said["venue"], said["agenda"].splitlines()


class PointForm(forms.Form):
    """One more point of an agenda."""

    title = forms.CharField(label=_("Point"), max_length=300)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="point")


class MinutesForm(forms.Form):
    """The minutes as plain text."""

    minutes = forms.CharField(
        label=_("Minutes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "zh"}),
        help_text=_("Plain text. Once approved it stands, and a sentence of it can become a task."),
    )


class AttendanceForm(forms.Form):
    """Which units came: one choice a unit."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:  # noqa: ANN401
        super().__init__(data, prefix="came")
        said = {True: "yes", False: "no", None: ""}
        choices = [("yes", _("was there")), ("no", _("was not")), ("", _("not noted"))]
        self.noted = {row.unit.code: row for row in meeting.attendance.select_related("unit")}
        for code, row in self.noted.items():
            self.fields[code] = forms.ChoiceField(
                label=row.unit.name,
                choices=choices,
                required=False,
                initial=said[row.present],
                widget=forms.RadioSelect,
            )

    def changed(self) -> list[tuple[Unit, bool | None]]:
        """Return the units of which something else is said now."""
        means = {"yes": True, "no": False, "": None}
        return [
            (row.unit, means[self.cleaned_data[code]])
            for code, row in self.noted.items()
            if means[self.cleaned_data[code]] != row.present
        ]


class DecisionForm(forms.Form):
    """What a chosen sentence decides: on which point, and the task that it becomes."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("On the point"))
    title = forms.CharField(
        label=_("Task"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), to_field_name="code", widget=QuickSelect
    )
    measure = forms.CharField(
        label=_("Measure"),
        max_length=300,
        help_text=_("One that the programme has already, or a new one."),
    )
    lead = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Lead unit"), to_field_name="code", widget=QuickSelect
    )
    due_on = forms.DateField(label=_("Due on"), **DAY | {"required": True})

    def __init__(self, data: Any = None, *, meeting: Meeting, initial: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial)
        choose(self, "item", meeting.agenda.all())
        choose(self, "programme", Programme.objects.all())
        choose(self, "lead", Unit.objects.working())
