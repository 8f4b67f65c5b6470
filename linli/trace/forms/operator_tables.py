"""A table of food premises, and whose they are to supervise."""

from typing import Any, Final, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit

LARGEST: Final = 10 * 1024 * 1024


class OperatorTableForm(forms.Form):
    """A table, and the unit that supervises what stands in it."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Supervised by"), to_field_name="code", empty_label=None
    )
    file = forms.FileField(
        label=_("The table"),
        help_text=_("XLSX or CSV, up to 10 MB. The next page shows what becomes of every row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, data: Any, files: Any, *, units: QuerySet[Unit]) -> None:  # noqa: ANN401
        super().__init__(data, files)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file
