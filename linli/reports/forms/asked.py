"""A form that somebody asks us to fill: brought, filtered, ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Unit
from linli.facts.rules.periods import Period, of_typed
from linli.reports.actions.asked import FormDraft
from linli.reports.rules.workbook import LARGEST

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BringFormForm(forms.Form):
    """One outward form as a file, with who asks, on what ground, until when, and who fills it."""

    file = forms.FileField(
        label=_("The form as a file"),
        help_text=_("XLSX, up to 5 MB. Leave it as it came: empty."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Else the file's name.")
    )
    asker = forms.CharField(label=_("Who asks"), max_length=200)
    ground = forms.CharField(
        label=_("On what ground"), max_length=300, help_text=_("The law, notice or plan that asks for it.")
    )  # fmt: skip
    period = forms.CharField(
        label=_("For which period"), max_length=40, help_text=_("2025, 2025-06, 2025年第1季度")
    )
    due_on = forms.DateField(label=_("Due on"), widget=_DAY)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Who fills it"), to_field_name="code"
    )

    def __init__(self, *given: Any, own: str = "") -> None:
        super().__init__(*given)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - declared above
        working = Unit.objects.working().order_by("name")
        unit.queryset = working.filter(name=own) if own else working
        unit.initial = unit.queryset.first() if own else None

    def clean_file(self) -> Any:  # noqa: ANN401 - as Django
        """Refuse what is too large to be read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."), code="too_large")
        return file

    def clean_period(self) -> Period:
        """Read the period as people write it."""
        period = of_typed(self.cleaned_data["period"])
        if period is None:
            message = _("Say for which period: 2025, 2025-06.")
            raise forms.ValidationError(message, code="unknown_period")
        return period

    def draft(self) -> FormDraft:
        """Return what was brought."""
        given = dict(self.cleaned_data)
        file = given.pop("file")
        stem = file.name.rpartition(".")[0] or file.name
        return FormDraft(data=file.read(), file_name=file.name, **given | {"title": given["title"] or stem})  # fmt: skip


class FormsFilter(forms.Form):
    """The filters of the list of forms; they live in the address."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", pgettext_lazy("form", "Waiting")),
            ("sent", pgettext_lazy("form", "Sent")),
            ("refused", pgettext_lazy("form", "Refused")),
            ("aside", pgettext_lazy("form", "Laid aside")),
        ],
    )


class WordsForm(forms.Form):
    """Why: of cells that stay empty, of a refusal, of a form that is laid aside."""

    words = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class SendForm(WordsForm):
    """The last word before a form goes out."""

    words = forms.CharField(
        label=_("Why cells stay empty"),
        help_text=_("Goes on record with the form. Needed where a cell stays empty."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
