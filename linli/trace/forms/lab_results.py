"""Which public results to show."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.trace.models import Report


class ResultsForm(forms.Form):
    """Which results. It lives in the address; what makes no sense is left out."""

    words = forms.CharField(label=_("Product, premises or place"), max_length=60, required=False)
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[
            ("", _("All")),
            ("detected", pgettext_lazy("test", "detected")),
            ("not_detected", pgettext_lazy("test", "not detected")),
        ],
        required=False,
    )

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    def found(self, reports: QuerySet[Report]) -> QuerySet[Report]:
        """Return those that were asked for."""
        given = self.cleaned_data
        if words := str(given.get("words") or "").replace("\0", "").strip():
            reports = (
                reports.filter(sample__material__icontains=words)
                | reports.filter(sample__premises__name__icontains=words)
                | reports.filter(sample__premises__area__name__icontains=words)
                | reports.filter(sample__code=words.upper())
            )
        if result := given.get("result"):
            reports = reports.filter(result=result)
        return reports

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return any(self.cleaned_data.get(name) for name in self.fields)
