"""What an officer gives the review: filters, a corrected item, something to merge with, a programme."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.models import Indicator
from linli.facts.rules.periods import of_iso
from linli.facts.rules.statements import Statement, fault
from linli.flows.reading_to_ledger import becoming
from linli.kernel.text import Words
from linli.plans.models import Programme
from linli.portal.review import words

Choices = list[tuple[str, Words]]
DAY: dict[str, Any] = {
    "required": False,
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}


class ReviewFilter(forms.Form):
    """Which items are shown; it lives in the address."""

    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    period = forms.CharField(
        label=_("Year of figures that name none"), required=False, max_length=21
    )

    def __init__(self, given: Mapping[str, Any], *, sections: Choices, asks_period: bool) -> None:
        super().__init__(given)
        every: Choices = [("", _("All"))]
        self._offer("state", every + list(words.STATES.items()))
        self._offer("kind", every + list(words.KINDS.items()))
        self._offer("section", every + sections)
        if not asks_period:
            del self.fields["period"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def chosen(self) -> dict[str, str]:
        """Return what was chosen; nonsense in the address is nothing chosen."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class _Counted(forms.Form):
    """What a figure or a target counts: a known indicator, or a name for a new one."""

    indicator = forms.ModelChoiceField(
        label=_("Indicator"),
        queryset=Indicator.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("A new one, under the name below"),
    )
    name = forms.CharField(
        label=_("Name of a new indicator"), required=False, max_length=120, strip=True
    )

    def counted(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is counted, for a verdict; unit and kind come with the indicator or the reading."""
        indicator = self.cleaned_data.get("indicator")
        return {
            "indicator": indicator.code if indicator else "",
            "name": self.cleaned_data.get("name") or "",
            "unit": indicator.unit if indicator else before.get("unit", "item"),
            "unit_kind": indicator.kind if indicator else before.get("unit_kind", "count"),
        }


class FigureForm(_Counted):
    """A figure as it should be taken in."""

    value = forms.CharField(label=_("Value"), max_length=30)
    bound = forms.ChoiceField(label=_("How exactly"), choices=list(words.BOUNDS.items()))
    period = forms.CharField(
        label=_("Period"), max_length=21, help_text=_("2025, 2025-06 or 2016/2020.")
    )
    field_order = ("indicator", "name", "value", "bound", "period")

    def clean_period(self) -> str:
        """Refuse what is no period."""
        period: str = self.cleaned_data["period"]
        if of_iso(period) is None:
            raise forms.ValidationError(_("Write a period as 2025, 2025-06 or 2016/2020."))
        return period

    def clean(self) -> dict[str, Any]:
        """Refuse a value that cannot be kept, and a figure that counts nothing."""
        cleaned = super().clean() or {}
        value = becoming.number(cleaned.get("value"))
        if "value" in cleaned and (
            value is None or fault(Statement(value, cleaned.get("bound", "")))
        ):
            self.add_error("value", _("Write a number, such as 1200 or 15.4."))
        if not self.errors and not cleaned.get("indicator") and not cleaned.get("name"):
            self.add_error("name", _("Choose an indicator, or name a new one."))
        return cleaned

    def becomes(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return it for a verdict."""
        stated = {name: self.cleaned_data[name] for name in ("value", "bound", "period")}
        return self.counted(before) | stated | {"as": becoming.FACT}


class MeasureForm(_Counted):
    """A measure as it should be taken in."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=_("It becomes"),
        choices=[
            (becoming.TASK, _("A task: it has a unit and a day")),
            (becoming.MEASURE, _("A measure: it goes on, or is split into tasks later")),
        ],
        widget=forms.RadioSelect,
    )
    lead = forms.ModelChoiceField(
        label=_("Lead unit"), queryset=Unit.objects.none(), to_field_name="code", required=False
    )
    responsible = forms.ModelMultipleChoiceField(
        label=_("Responsible units"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    due_on = forms.DateField(label=_("Due on"), **DAY)
    target = forms.CharField(label=_("Target"), required=False, max_length=30)
    sense = forms.ChoiceField(
        label=_("Reached at"), choices=[(name, words.BOUNDS[name]) for name in becoming.SENSES]
    )
    field_order = (
        *("title", "kind", "lead", "responsible", "due_on"),
        *("target", "sense", "indicator", "name"),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a queryset
        super().__init__(*args, **kwargs)
        for name in ("lead", "responsible"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = units

    def clean(self) -> dict[str, Any]:
        """Refuse a target that is no number, or a target of nothing."""
        cleaned = super().clean() or {}
        if target := cleaned.get("target"):
            if becoming.number(target) is None:
                self.add_error("target", _("Write a number, such as 1200 or 15.4."))
            elif not cleaned.get("indicator") and not cleaned.get("name"):
                self.add_error("indicator", _("Say what the target counts."))
        return cleaned

    def becomes(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return it for a verdict."""
        given = self.cleaned_data
        due_on, lead = given.get("due_on"), given.get("lead")
        return self.counted(before) | {
            "kind": given["kind"],
            "title": given["title"],
            "lead": lead.code if lead else "",
            "responsible": [unit.code for unit in given["responsible"] if unit != lead],
            "due_on": due_on.isoformat() if due_on else "",
            "target": given["target"],
            "sense": given["sense"],
        }


class TakeForm(forms.Form):
    """Where what was accepted goes: a programme that is there, or a new one."""

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("A new one, as below"),
    )
    title = forms.CharField(label=_("Title of a new programme"), required=False, max_length=200)
    starts_on = forms.DateField(label=_("Starts on"), **DAY)
    ends_on = forms.DateField(label=_("Ends on"), **DAY)

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a queryset
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = programmes

    def clean(self) -> dict[str, Any]:
        """Refuse a new programme without title or days."""
        cleaned = super().clean() or {}
        if not cleaned.get("programme"):
            for name in ("title", "starts_on", "ends_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new programme needs this."))
        return cleaned
