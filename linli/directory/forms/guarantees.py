"""A guarantee of a language, as a planner writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.actions.guarantees import GuaranteeDraft
from linli.directory.forms.places import DAY, HOUR
from linli.directory.forms.units import AreaField
from linli.directory.forms.wordings import Wordings, choose
from linli.directory.rules.languages import WORKING_WEEK


class GuaranteeForm(forms.Form):
    """Where, which language, on which weekdays and hours, in which way."""

    area = AreaField(
        label=_("Place"),
        max_length=60,
        help_text=_("One station in it at least keeps the guarantee."),
    )
    language = forms.ChoiceField(label=_("Language"))
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"),
        widget=forms.CheckboxSelectMultiple,
        initial=[str(day) for day in WORKING_WEEK],
        help_text=_("A public holiday breaks no guarantee."),
    )
    opens_at = forms.TimeField(label=_("From"), initial="09:00", **HOUR)
    closes_at = forms.TimeField(label=_("Until"), initial="17:00", **HOUR)
    mode = forms.ChoiceField(label=_("How it is spoken"), required=False)
    begins_on = forms.DateField(label=_("Holds from"), **DAY)

    def __init__(self, data: Any, words: Wordings, *, today: str) -> None:  # noqa: ANN401
        super().__init__(data, initial={"begins_on": today})
        choose(self.fields["language"], list(words.languages.items()))
        choose(self.fields["weekdays"], words.week)
        choose(self.fields["mode"], [("", _("in any way")), *words.modes.items()])

    def draft(self) -> GuaranteeDraft:
        """Return the guarantee as typed."""
        given = self.cleaned_data
        return GuaranteeDraft(
            area=given["area"].code,
            language=given["language"],
            weekdays=tuple(int(day) for day in given["weekdays"]),
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            mode=given["mode"],
            begins_on=given["begins_on"],
        )
