"""A table of facts: the file, where its columns stand, the last word."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.facts.actions.evidence import LARGEST
from linli.facts.models import Fact
from linli.facts.rules.columns import FIELDS, NEEDED, Layout, guess


class BringForm(forms.Form):
    """One table of facts as a file."""

    file = forms.FileField(
        label=_("The table as a file"),
        help_text=_("CSV or XLSX, up to 10 MB and 200,000 rows. The first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> object:
        """Refuse what is too large to be kept."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file


class LayoutForm(forms.Form):
    """Which column holds what, or the same text for all rows; and how sure the table is."""

    NAMES = {
        "indicator": _("Indicator"),
        "area": _("Place"),
        "period": _("Period"),
        "value": _("Value"),
        "bound": _("How firmly"),
        "source": _("Source"),
    }

    status = forms.ChoiceField(
        label=_("What the table is"),
        choices=[
            (Fact.CLAIMED, _("Claims: somebody says so")),
            (Fact.EVIDENCED, _("Evidence: a table of records")),
            (Fact.CONFIRMED, _("Confirmation: official or outside statistics")),
        ],
    )

    def __init__(self, given: dict[str, Any] | None, *, columns: Sequence[str]) -> None:
        guessed = {"status": Fact.CLAIMED} | {f: str(n) for f, n in guess(columns).items()}
        super().__init__(given or guessed)
        named = [(str(n), name or f"{n + 1}") for n, name in enumerate(columns)]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=self.NAMES[field], required=False, choices=[("", "—"), *named]
            )
            self.fields[f"{field}_text"] = forms.CharField(
                label=_("The same for all rows"), required=False, max_length=200
            )

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield for each field the choice of a column and the text for all rows."""
        for field in FIELDS:
            yield self[field], self[f"{field}_text"]

    def clean(self) -> dict[str, Any]:
        """Refuse a layout in which a field stands nowhere, or in two places."""
        cleaned = super().clean() or {}
        for field in FIELDS:
            column, text = cleaned.get(field, ""), cleaned.get(f"{field}_text", "")
            if field in NEEDED and not column and not text:
                self.add_error(field, _("Say where it stands, or what it is for all rows."))
            elif column and text:
                self.add_error(field, _("Choose a column or give a text, not both."))
        return cleaned

    def layout(self) -> Layout:
        """Return where every field stands."""
        cleaned = self.cleaned_data
        places = (cleaned[field] for field in FIELDS)
        texts = (cleaned[f"{field}_text"] for field in FIELDS)
        return Layout(*(int(p) if p else t.strip() for p, t in zip(places, texts, strict=True)))


class ConfirmForm(forms.Form):
    """The last word before a table is taken in."""

    checksum = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why earlier figures are corrected"),
        help_text=_("Shown beside every corrected figure."),
        required=False,
        max_length=300,
    )
