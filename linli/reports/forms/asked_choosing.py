"""Which of the figures that contradict each other stands in a cell, and why."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Fact
from linli.facts.schemas import telling
from linli.reports.queries.asked import Standing


class ChooseForm(forms.Form):
    """One of the figures of a cell, by the code of its fact, and the reason."""

    fact = forms.ChoiceField(label=_("Which figure stands here"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why this one"),
        help_text=_("It goes with the form, and everybody can read it once the form was sent."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, standing: Standing) -> None:  # noqa: ANN401 - as Django declares it
        chosen = standing.choice
        initial: dict[str, Any] = {"seen": chosen.pk if chosen else 0}
        if chosen and standing.fact:
            initial |= {"fact": standing.fact.code, "reason": chosen.reason}
        super().__init__(data, initial=initial)
        field = self.fields["fact"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as it is declared above
        field.choices = [(one.code, _words(one)) for one in standing.choices]


def _words(fact: Fact) -> str:
    """Say a figure with how sure it is, where it comes from, and its day."""
    told = (
        telling.figure(fact),
        str(telling.STATUSES[fact.status]),
        fact.evidence.source,
        localdate(fact.at).isoformat(),
    )
    return " · ".join(told)
