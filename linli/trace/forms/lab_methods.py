"""A version of a method, as a document of data."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.trace.actions.lab_methods import MethodDraft
from linli.trace.forms.lab_samples import day_field
from linli.trace.models import Method
from linli.trace.rules.laboratory.method_json import NotAMethod, read

_PLAIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class MethodForm(forms.Form):
    """One version of a method."""

    key = forms.SlugField(
        label=_("Key of the method"),
        max_length=40,
        help_text=_("The same for all its versions."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    version = forms.CharField(
        label=_("Version"), max_length=20, widget=forms.TextInput(attrs=_PLAIN)
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    standard = forms.CharField(
        label=_("Standard"),
        max_length=120,
        required=False,
        help_text=_("As the results name it; else its name and version stand there."),
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=60_000,
        help_text=_("Cut-offs, controls, limits of detection and names, as JSON. Numbers with a fraction are text."),
        widget=forms.Textarea(attrs=_PLAIN | {"rows": 22}),
    )  # fmt: skip

    def clean_document(self) -> dict[str, Any]:
        """Return the document, if a method can be read from it."""
        try:
            body = json.loads(self.cleaned_data["document"])
        except (ValueError, RecursionError) as problem:
            raise ValidationError(_("This is no JSON.")) from problem
        try:
            read("key", "version", body)
        except NotAMethod as wrong:
            raise ValidationError([f"{one.path}: {one.code}" for one in wrong.faults]) from wrong
        return dict(body)

    def draft(self) -> MethodDraft:
        """Return what was given."""
        given = dict(self.cleaned_data)
        return MethodDraft(body=given.pop("document"), **given)


class EndForm(forms.Form):
    """The day from which a version is not used any more."""

    on = day_field(_("Not used any more from"))


def document_of(method: Method) -> str:
    """Return the document of a method as it is typed."""
    return json.dumps(method.body, ensure_ascii=False, indent=2)
