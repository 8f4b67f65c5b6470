"""What a unit gives when a case goes on: to which unit, why, and which fields the other would read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.choosing import HAND_OVERS, READABLE, choose, choose_fields, words
from linli.cases.models.reasons import DECLINES
from linli.directory.models import Unit


class HandOnForm(forms.Form):
    """Another unit should answer: why, and what it would read of what the person said."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that should answer"), to_field_name="code"
    )
    kind = forms.ChoiceField(label=_("Why"), choices=HAND_OVERS)
    words = words(_("What the other unit should know"), hint=_("The person reads it too."))
    fields_read = forms.MultipleChoiceField(
        label=_("The other unit would read"),
        choices=READABLE,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, own: str, held: frozenset[str]) -> None:  # noqa: ANN401
        super().__init__(data, initial={"fields_read": sorted(held)}, prefix="hand")
        choose(self, "unit", Unit.objects.working().exclude(name=own).order_by("name"))
        choose_fields(self, "fields_read", held)


class DeclineForm(forms.Form):
    """Why a hand-over is not taken."""

    kind = forms.ChoiceField(label=_("Why not"), choices=DECLINES)
    words = words(_("Say it to the other unit"), hint=_("The person reads it too."))

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="decline")


class JoinForm(forms.Form):
    """Another unit should help; we still answer."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that should help"), to_field_name="code"
    )
    words = words(_("What it should do"))

    def __init__(self, data: Any = None, *, own: str) -> None:  # noqa: ANN401
        super().__init__(data, prefix="join")
        choose(self, "unit", Unit.objects.working().exclude(name=own).order_by("name"))


class FinishForm(forms.Form):
    """What a unit that helped has done."""

    words = words(_("What your unit has done"))

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="finish")
