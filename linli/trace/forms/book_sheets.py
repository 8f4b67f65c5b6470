"""A table of what a shop did: three columns, one kind of deed, one day."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trace.forms.book import ASKED, day_field
from linli.trace.models import Operator, Premises
from linli.trace.rules.shop.deeds import KINDS

LARGEST: Final = 2_000_000  # bytes of a table


class BookSheetForm(forms.Form):
    """A table with three columns: many deeds of one kind on one day."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(kind, ASKED[kind].title) for kind in KINDS],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("The table as a file"),
        help_text=_("CSV or XLSX. The first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, data: Any, files: Any, *, operator: Operator) -> None:  # noqa: ANN401 - of a request
        super().__init__(data, files)
        self.places = list(operator.premises.open().order_by("id"))
        if len(self.places) > 1:
            named = [(one.code, one.name) for one in self.places]
            self.fields["place"] = forms.ChoiceField(label=_("At which premises?"), choices=named)
        self.fields["on"] = day_field()

    def clean_file(self) -> object:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."), code="too_large")
        return file

    def premises(self) -> Premises:
        """Return where it happened, once it is valid."""
        code = self.cleaned_data.get("place")
        return next((one for one in self.places if one.code == code), self.places[0])
