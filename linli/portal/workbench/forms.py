"""What is asked of who chooses which news come by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.desk_news import KINDS
from linli.kernel.models import MailChoice
from linli.ui.languages import LANGUAGES


class MailForm(forms.Form):
    """For each kind of news whether it comes by mail, and in which language the mail is."""

    def __init__(self, data: Any = None, *, kept: MailChoice | None) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(data)
        ways = kept.ways if kept else {}
        for kind, words in KINDS.items():
            self.fields[kind] = forms.ChoiceField(
                label=str(words), choices=MailChoice.WAYS, initial=ways.get(kind, MailChoice.NONE)
            )
        spoken = [(one.code, one.own_name) for one in LANGUAGES if one.complete]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mail"),
            choices=spoken,
            initial=kept.language if kept else spoken[0][0],
        )

    @property
    def ways(self) -> dict[str, str]:
        """What was chosen for each kind."""
        return {kind: self.cleaned_data[kind] for kind in KINDS}
