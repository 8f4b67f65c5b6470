"""How an organizer has a window's hours cut into appointments."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import ServiceAtLocation
from linli.offers.actions.slots import WITHIN, PlanDraft


class WindowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A window, told by its place, its name and what it is for."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - as Django gives it
        """Return place, window and service."""
        return " · ".join(filter(None, [obj.location.name, obj.window, obj.service.name]))


def _number(label: Any, name: str, initial: int, help_text: Any = "") -> forms.IntegerField:  # noqa: ANN401
    least, most = WITHIN[name]
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=initial, help_text=help_text
    )


class SlotPlanForm(forms.Form):
    """One plan: which window, how long, for how many, how far ahead."""

    window = WindowField(
        ServiceAtLocation.objects.none(), label=_("Window"), empty_label=_("Choose")
    )
    minutes = _number(_("Minutes each"), "minutes", 15)
    places = _number(_("People at a time"), "places", 1)
    walk_ins = _number(
        _("Of these for who comes without"), "walk_ins", 0, _("These places are never booked.")
    )
    days_ahead = _number(_("Days ahead"), "days_ahead", 14, _("How far ahead one can book."))

    def __init__(self, *args: Any, windows: QuerySet[ServiceAtLocation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[ServiceAtLocation]", self.fields["window"])
        field.queryset = windows

    def draft(self) -> PlanDraft:
        """Return what was asked for."""
        return PlanDraft(**self.cleaned_data)
