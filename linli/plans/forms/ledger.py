"""What people give the ledger: filters, the cells of a row, a unit for many tasks, a view's name."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.db.models import Max, Min
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.text import Words
from linli.plans.models import Programme, Task
from linli.plans.queries.filters import Filters

# A day, as a control that knows the calendar; typed, with any of three separators.
DAY: dict[str, Any] = {
    "required": False,
    "input_formats": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}
ORDERS: dict[str, Words] = {
    "": _("As in the programme"),
    "due": _("Due first"),
    "-due": _("Due last"),
    "-lamp": _("Worst lamp first"),
    "lamp": _("Best lamp first"),
    "-drift": _("Moved furthest"),
    "drift": _("Moved least"),
    "unit": _("By lead unit"),
    "title": _("By title"),
}


class QuickSelect(forms.Select):
    """A select of hundreds of units, written in one go: Django renders a template for each option."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - as Django declares it
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401
    ) -> SafeString:
        """Return the control with its options."""
        chosen = "" if value is None else str(value)
        known = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        options = (
            (key, SafeString(" selected") if str(key) == chosen else "", words)
            for key, words in self.choices
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt({"class": "input", **known}),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


def units(first: Words, key: str = "code") -> list[tuple[str, Words]]:
    """The units that work, after an entry for none of them."""
    known = Unit.objects.working().order_by("name").values_list(key, "name")
    return [("", first), *known]


def _years() -> range:
    """The years from the first due day to the last: two ends of an index, not a look at every task."""
    ends = Task.objects.aggregate(first=Min("due_on"), last=Max("due_on"))
    first, last = ends["first"], ends["last"]
    return range(first.year, min(last.year, first.year + 40) + 1) if first else range(0)


class FilterForm(forms.Form):
    """The filters of the ledger as controls. They live in the address, and `Filters.of` reads them."""

    words = forms.CharField(label=_("Search for"), max_length=100)
    programme = forms.ChoiceField(label=_("Programme"), widget=QuickSelect)
    unit = forms.ChoiceField(label=_("Unit"), widget=QuickSelect)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *Task.STATES])
    year = forms.ChoiceField(label=_("Due in"))
    area = forms.ChoiceField(label=_("Place"), widget=QuickSelect)
    due_from = forms.DateField(label=_("Due from"), **DAY)
    due_until = forms.DateField(label=_("Due until"), **DAY)
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()))
    lamp = forms.CharField(widget=forms.HiddenInput)
    measure = forms.CharField(widget=forms.HiddenInput)
    columns = forms.CharField(widget=forms.HiddenInput)

    FIRST = ("words", "unit", "programme", "year", "state")
    MORE = ("area", "due_from", "due_until", "order")

    def __init__(self, filters: Filters, *, columns: str = "") -> None:
        super().__init__(
            initial={**asdict(filters), "columns": columns}, use_required_attribute=False
        )
        everything: tuple[str, Words] = ("", _("All"))
        programmes = Programme.objects.values_list("code", "title")
        places = (
            Area.objects.filter(programmes__isnull=False).distinct().values_list("code", "name")
        )
        years = [(str(year), str(year)) for year in reversed(_years())]
        choices: dict[str, list[tuple[str, Words]]] = {
            "programme": [everything, *programmes],
            "unit": units(_("All"), "name"),
            "year": [everything, *years],
            "area": [everything, *places],
        }
        for name, known in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
            field.choices = known

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The fields that are always in sight."""
        return [self[name] for name in self.FIRST]

    @property
    def asked_more(self) -> list[forms.BoundField]:
        """The fields that open on demand."""
        return [self[name] for name in self.MORE]

    @property
    def more_open(self) -> bool:
        """Whether one of those is in use."""
        return any(self.initial[name] for name in self.MORE)


class RowForm(forms.Form):
    """The cells of one row that are edited in place. What was promised is moved, not edited."""

    title = forms.CharField(label=_("Task"), max_length=300)
    lead = forms.ChoiceField(label=_("Lead unit"), required=False, widget=QuickSelect)
    starts_on = forms.DateField(label=_("Starts on"), **DAY)
    due_on = forms.DateField(label=_("Due on"), **DAY)

    def __init__(self, data: Any = None, *, task: Task, first: str = "") -> None:  # noqa: ANN401
        given = {
            "title": task.title,
            "lead": task.lead.code if task.lead else "",
            "starts_on": task.starts_on,
            "due_on": task.due_on,
        }
        # Two rows may be open at once: the ids of their fields differ.
        super().__init__(data, initial=given, auto_id=f"{task.code}-%s")
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ChoiceField)  # noqa: S101
        lead.choices = units(_("None yet"))
        if task.lead and task.lead.closed_on:
            lead.choices = [*units(_("None yet")), (task.lead.code, task.lead.name)]
        if task.promised_at:
            del self.fields["starts_on"], self.fields["due_on"]
        # The cell that was clicked is where typing goes on.
        if first in self.fields:
            self.fields[first].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        cleaned = super().clean() or {}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("The due day is before the start."))
        return cleaned


class AssignForm(forms.Form):
    """Many tasks for one unit. `sure`: the code of the unit whose load has been seen and accepted."""

    unit = forms.ChoiceField(label=_("Give to"), widget=QuickSelect)
    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, load_at: str = "") -> None:  # noqa: ANN401
        super().__init__(data, auto_id="assign-%s", use_required_attribute=False)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)  # noqa: S101
        unit.choices = units(_("Choose a unit"))
        if load_at:
            unit.widget.attrs |= {"hx-get": load_at, "hx-target": "#load", "hx-trigger": "change"}
