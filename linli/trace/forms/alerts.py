"""Which alerts to show, and what was done about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.trace.models import Alert


class AlertFilterForm(forms.Form):
    """Which alerts to show. It lives in the address; what makes no sense is left out."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Alert.KINDS], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("open", _("still open")), ("settled", _("settled"))],
    )  # fmt: skip

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class SettleForm(forms.Form):
    """What was done."""

    words = forms.CharField(
        label=_("What was done"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
