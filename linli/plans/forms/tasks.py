"""What a planner gives a task: its title, units, days, indicator and target."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.directory.queries import UnitNames
from linli.facts.models import Indicator
from linli.plans.actions.drafts import TaskDraft
from linli.plans.actions.tasks import PROMISED
from linli.plans.forms.ledger import DAY, QuickSelect
from linli.plans.forms.programmes import choose
from linli.plans.models import Task
from linli.plans.rules.table_reading import names_in


class UnitsField(forms.CharField):
    """Units by their names, full or short, one a line or between commas. `names` are those to know."""

    widget = forms.Textarea(attrs={"rows": 2})
    names: UnitNames

    def clean(self, value: Any) -> tuple[Unit, ...]:  # noqa: ANN401
        """Return the units, each once, in the order in which they were named."""
        units: dict[int, Unit] = {}
        for name in names_in(super().clean(value)):
            unit = self.names.named(name)
            if unit is None:
                raise forms.ValidationError(
                    _("“%(name)s” is no unit of this place. Write its full name."),
                    code="unit_not_known",
                    params={"name": name},
                )
            units[unit.pk] = unit
        return tuple(units.values())


class TaskForm(forms.Form):
    """A task: title, units, days, indicator and target. `sure`: the unit whose load was seen and is accepted."""

    title = forms.CharField(
        label=_("Task"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    lead = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Lead unit"),
        required=False,
        to_field_name="code",
        widget=QuickSelect,
    )
    responsible = UnitsField(
        label=_("Responsible units"),
        required=False,
        help_text=_("Full or short names, with commas between or one a line."),
    )
    supporting = UnitsField(label=_("Supporting units"), required=False)
    starts_on = forms.DateField(label=_("Starts on"), **DAY)
    due_on = forms.DateField(label=_("Due on"), **DAY)
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=_("Indicator"),
        help_text=_("What shows that it is done, where it can be measured."),
        required=False,
        widget=QuickSelect,
    )
    target_sense = forms.ChoiceField(label=_("The target is"), choices=Task.SENSES)
    target = forms.DecimalField(
        label=_("Target"), max_digits=21, decimal_places=6, required=False, localize=False
    )
    sure = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        *,
        area: Area,
        draft: TaskDraft | None = None,
        promised: bool = False,
    ) -> None:
        super().__init__(data, initial=_shown(draft) if draft else {"target_sense": "at_least"})
        self.before = draft
        names = UnitNames.around(area)
        for name in ("responsible", "supporting"):
            field = self.fields[name]
            assert isinstance(field, UnitsField)  # noqa: S101 - declared so above
            field.names = names
        kept = [draft.lead.pk] if draft and draft.lead else []
        choose(self, "lead", Unit.objects.working() | Unit.objects.filter(pk__in=kept))
        choose(self, "indicator", Indicator.objects.all())
        if promised:
            for name in PROMISED:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order, a target of nothing, and a unit with two parts."""
        cleaned = super().clean() or {}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("The due day is before the start."))
        if cleaned.get("target") is not None and not cleaned.get("indicator"):
            self.add_error("indicator", _("Say which indicator the target is of."))
        taken = {cleaned.get("lead")}
        for name in ("responsible", "supporting"):
            units = cleaned.get(name) or ()
            if twice := [unit.name for unit in units if unit in taken]:
                self.add_error(name, _("%(unit)s has another part already.") % {"unit": twice[0]})
            taken |= {*units}
        return cleaned

    def draft(self) -> TaskDraft:
        """Return the task as given; what is promised stays as it is."""
        given = dict(self.cleaned_data)
        given.pop("sure")
        given["title"] = " ".join(given["title"].split())
        if self.before:
            given = {name: getattr(self.before, name) for name in (*PROMISED, "evidence")} | given
        return TaskDraft(**given)


def plain(value: Decimal | None) -> str:
    """Return a number as somebody types it: no noughts at its end."""
    return "" if value is None else f"{value.normalize():f}"


def _shown(draft: TaskDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "lead": draft.lead.code if draft.lead else "",
        "responsible": "、".join(unit.name for unit in draft.responsible),
        "supporting": "、".join(unit.name for unit in draft.supporting),
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "indicator": draft.indicator,
        "target_sense": draft.target_sense,
        "target": plain(draft.target),
    }
