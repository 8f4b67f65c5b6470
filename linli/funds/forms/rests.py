"""What money rests on: a document's words, or its file. Given with a posting, shown for matched money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RestsOnForm(forms.Form):
    """What something rests on: who says so, and the words or the file. All of it, or nothing."""

    source = forms.CharField(label=_("Who says so"), max_length=200, required=False)
    quote = forms.CharField(
        label=_("In which words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )
    file = forms.FileField(label=_("Or the file that shows it"), required=False)

    RESTS_ON = ("source", "quote", "address", "file")

    def clean(self) -> dict[str, Any]:
        """Refuse words and files of nobody, and a name that says nothing."""
        given = super().clean() or {}
        shown = bool(given.get("quote") or given.get("file"))
        if shown and not given.get("source"):
            self.add_error("source", _("Say who or what says so."))
        if given.get("source") and not shown and "file" not in self.errors:
            self.add_error("quote", _("Give the words, or a file."))
        return given

    @property
    def rests_on_something(self) -> bool:
        """Say whether evidence was given. Only of a form that is valid."""
        return bool(self.cleaned_data["source"])


class ShowForm(RestsOnForm):
    """What the partner's part rests on: here it is needed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["source"].required = True
