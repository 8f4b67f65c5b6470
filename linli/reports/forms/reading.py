"""What people give the reports engine: a file, or text that they paste."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words

Choices = list[tuple[str, Words]]


class ReceiveForm(forms.Form):
    """A report as a file, or as text in the box."""

    file = forms.FileField(
        label=_("The report as a file"),
        help_text=_("TXT, HTML, PDF with text, or DOCX, up to 10 MB."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,.pdf,.docx"}),
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form with neither or both."""
        cleaned = super().clean() or {}
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("text", "").strip())
        if not has_file and not has_text and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste the text."), code="nothing_given")
        if has_file and has_text:
            raise forms.ValidationError(
                _("Give either a file or text, so that it is clear which one is meant."),
                code="both_given",
            )
        return cleaned

    def given(self) -> tuple[bytes, str, str | None]:
        """Return bytes, name and media type of what was given."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name, None
        text: str = self.cleaned_data["text"]
        first = next((line.strip() for line in text.splitlines() if line.strip()), "text")
        return text.encode(), f"{first[:40]}.txt", "text/plain; charset=utf-8"


class FilterForm(forms.Form):
    """The filters of the list of reports; they live in the address."""

    words = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("unpublished", _("Not yet published")),
            ("published", _("Published")),
        ],
    )


class FateFilter(forms.Form):
    """The filters of a comparison; they live in the address."""

    outcome = forms.ChoiceField(label=_("What became of it"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, given: Any, *, outcomes: Choices, units: Choices) -> None:  # noqa: ANN401 - as Django
        super().__init__(given)
        for name, choices in (("outcome", outcomes), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", _("All")), *choices]
