"""A table that somebody brings: of which fund, or of which programme line and unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.funds.forms.funds import choose
from linli.funds.models import Fund, Programme
from linli.kernel.actors import Actor, Role

LARGEST = 10 * 1024 * 1024


class TableForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The table"),
        help_text=_("XLSX or CSV, up to 10 MB. The next page shows what becomes of every row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file


class BudgetForm(TableForm):
    """A budget, and the fund that it is of."""

    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("Fund"), to_field_name="code")
    field_order = ("fund", "file")

    def __init__(self, data: Any, files: Any, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data, files)
        funds = Fund.objects.order_by("name")
        own = funds.filter(unit__name=by.unit)
        choose(self, "fund", own if by.role == Role.OFFICER else funds, _("Choose"))


class ProjectsForm(TableForm):
    """A table of projects, their programme line, and the unit that keeps what names no other."""

    programme = forms.ModelChoiceField(
        Programme.objects.order_by("name"), label=_("Programme line"), to_field_name="code",
        empty_label=_("Choose"),
    )  # fmt: skip
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Kept by"), to_field_name="code")
    field_order = ("programme", "unit", "file")

    def __init__(self, data: Any, files: Any, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data, files)
        units = Unit.objects.working().order_by("name")
        own = units.filter(name=by.unit)
        choose(self, "unit", own if by.role == Role.OFFICER else units, _("Choose"))
        if unit := own.first():
            self.initial["unit"] = unit.code
