"""What one person fills in: the code of a slip, and one answer to each question, or none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.rules.instruments import said
from linli.assessments.rules.polls import PollForm
from linli.kernel.passphrases import read_passphrase


class CodeForm(forms.Form):
    """The sixteen digits of a slip."""

    code = forms.CharField(
        label=_("Code of the slip"),
        max_length=60,
        help_text=_("Sixteen digits. Spaces make no difference."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric", "data-slip": ""}
        ),
    )

    def clean_code(self) -> str:
        """Return the digits, in whatever script they were typed."""
        digits = read_passphrase(self.cleaned_data["code"])
        if digits is None:
            raise forms.ValidationError(_("This is not the code of a slip: a digit is wrong."))
        return digits


class AnswerForm(CodeForm):
    """One set of answers; the code comes along unseen."""

    def __init__(self, *args: Any, asks: PollForm, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.HiddenInput(attrs={"autocomplete": "off"})
        for question in asks.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=said(question.text, language),
                required=False,
                choices=[(one.key, said(one.text, language)) for one in question.options],
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[str, str]:
        """Return what was chosen, by question."""
        given = self.cleaned_data
        return {key: given[key] for key in self.fields if key != "code" and given.get(key)}
