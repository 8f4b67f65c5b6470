"""What a planner says of a breakdown table: into which programme, and which column means what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.plans.forms.ledger import QuickSelect
from linli.plans.forms.programmes import choose
from linli.plans.models import Programme
from linli.plans.rules.breakdown import Reading
from linli.plans.rules.table_reading import FIELDS, guessed

LARGEST = 10 * 1024 * 1024
_SALT = "linli.plans.breakdown"
_NAMES = {
    "number": _("Number"),
    "measure": _("Measure"),
    "task": _("Task"),
    "lead": _("Lead unit"),
    "responsible": _("Responsible units"),
    "supporting": _("Supporting units"),
    "due": _("Due"),
    "indicator": _("Indicator"),
    "target": _("Target"),
}


class TableForm(forms.Form):
    """A table, and the programme that it belongs to."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), to_field_name="code", widget=QuickSelect
    )
    file = forms.FileField(
        label=_("The breakdown table"),
        help_text=_("XLSX or CSV, up to 10 MB. The next page shows what every row would become."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, chosen: str = "") -> None:  # noqa: ANN401
        super().__init__(data, files, initial={"programme": chosen})
        choose(self, "programme", Programme.objects.all())

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to keep."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file


class ColumnsForm(forms.Form):
    """Which column of the table means what, guessed from its headers, and how gaps are meant."""

    otherwise = forms.CharField(
        label=_("Measure of rows that stand under none"), max_length=300, strip=True
    )
    year = forms.IntegerField(
        label=_("Year of days that name none"), min_value=2000, max_value=2100
    )
    continues = forms.BooleanField(
        label=_("Empty units and days mean those of the row above (merged cells)"), required=False
    )
    skips_unknown = forms.BooleanField(
        label=_("Leave out responsible and supporting units that nobody knows"), required=False
    )
    field_order = (*FIELDS, "otherwise", "year", "continues", "skips_unknown")

    def __init__(
        self,
        data: Any,  # noqa: ANN401
        *,
        columns: Sequence[str],
        otherwise: str,
        year: int,
    ) -> None:
        given = {name: str(place) for name, place in guessed(columns).items()}
        given |= {"otherwise": otherwise, "year": str(year)}
        # An address that says nothing yet shows what was guessed, and what would come of it.
        super().__init__(data if data and "task" in data else given)
        nothing: tuple[str, Words] = ("", _("no column"))
        choices = [nothing, *((str(n), name or f"#{n + 1}") for n, name in enumerate(columns))]
        for name in FIELDS:
            self.fields[name] = forms.TypedChoiceField(
                label=_NAMES[name],
                choices=choices if name != "task" else choices[1:],
                coerce=int,
                empty_value=None,
                required=name == "task",
            )
        self.order_fields(self.field_order)

    def reading(self) -> Reading:
        """Return how the table is to be read."""
        given = self.cleaned_data
        return Reading(
            columns={name: given[name] for name in FIELDS if given[name] is not None},
            year=given["year"],
            otherwise=given["otherwise"],
            continues=given["continues"],
            skips_unknown=given["skips_unknown"],
        )


def ticket(*, programme: Programme, digest: str, name: str) -> str:
    """Return words that stand for a table on its way: nobody can make them for another file."""
    return signing.dumps({"p": programme.code, "d": digest, "n": name[-120:]}, salt=_SALT)


def of_ticket(words: str) -> tuple[str, str, str] | None:
    """Return programme code, digest and name of the file, or None when the words are not ours."""
    try:
        said = signing.loads(words, salt=_SALT)
    except signing.BadSignature:
        return None
    return said["p"], said["d"], said["n"]
