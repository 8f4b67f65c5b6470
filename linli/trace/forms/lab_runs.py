"""What is given of a run: a file of the instrument or a table that is pasted, and which method it is judged by."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.trace.forms.lab_samples import among, moment_field, moment_now
from linli.trace.models import Method

LARGEST: Final = 16 * 1024 * 1024


class RunForm(forms.Form):
    """One run of an instrument."""

    method = forms.ModelChoiceField(Method.objects.none(), label=_("Method of the laboratory"))
    file = forms.FileField(
        label=_("File of the instrument"),
        required=False,
        help_text=_(
            "RDML, or a table (CSV, tab, semicolon) with the columns of well, target and Ct."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.rdml,.rdm,.xml"}),
    )
    typed = forms.CharField(
        label=_("Or the table itself"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("Well, Target, Content, Sample, Cq: a line each, the head first."),
    )
    part = forms.CharField(
        label=_("Which run of the file"),
        max_length=200,
        required=False,
        help_text=_("Only of an RDML file with several: “experiment/run”."),
    )
    run_at = moment_field(_("Run at"))
    instrument = forms.CharField(label=_("Measuring instrument"), max_length=120, required=False)
    judged = forms.BooleanField(
        label=_("The curves were judged at the instrument: each Ct that the file gives is an amplification"),
        required=False,
        help_text=_("Where the file says so itself of each well, it holds."),
    )  # fmt: skip

    def __init__(self, data: Any = None, sent: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data, sent, initial={"run_at": moment_now()})
        among(self, "method", Method.objects.filter(ended_on=None))
        self.laboratory = Unit.objects.filter(name=by.unit).first()

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Return the file, if it is not too large."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(_("This file is too large."))
        return file

    def clean(self) -> dict[str, Any]:
        """See that there is a file or a table, not both."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("file")) == bool(str(given.get("typed") or "").strip()):
            raise ValidationError(_("Bring a file, or paste a table."))
        return given
