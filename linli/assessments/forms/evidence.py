"""Evidence for an answer: a file, a figure that is published, or what the unit brought before."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.filling import Brought
from linli.facts.models import Evidence
from linli.facts.queries import cited
from linli.kernel.refusals import Refused, on_form
from linli.kernel.uploads import ACCEPT, rebuild


class FileForm(forms.Form):
    """One file, a photo or a PDF, on which nobody can be recognised."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A photo (JPEG, PNG, WebP or GIF) or a PDF, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    name = forms.CharField(label=_("What it shows"), max_length=100)
    nobody_shown = forms.BooleanField(
        label=_("I have looked: nobody can be recognised in it, and it names nobody.")
    )

    def brought(self) -> Brought | None:
        """Return the file made harmless, None where it cannot be accepted: the form says why."""
        given: Any = self.cleaned_data["file"]
        try:
            file = rebuild(given.read(), name=given.name)
        except Refused as refused:
            on_form(self, refused, "file")
            return None
        return Brought(file, self.cleaned_data["name"], self.cleaned_data["nobody_shown"])


class CodeForm(forms.Form):
    """The code of a published figure: what it rests on is the evidence."""

    code = forms.CharField(
        label=_("Code of a figure"), max_length=40, help_text=_("As it stands in its address, /c/…")
    )
    found: Evidence | None = None

    def clean_code(self) -> str:
        """Find the figure."""
        typed = str(self.cleaned_data["code"]).strip().rstrip("/").rpartition("/")[2]
        fact = cited(typed)
        if fact is None:
            raise forms.ValidationError(_("There is no figure with this code."))
        self.found = fact.evidence
        return typed
