"""What people give the directory: a unit, its place, its names."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.actions import UnitDraft
from linli.directory.models import Area, Unit
from linli.directory.queries import area_named


class AreaField(forms.CharField):
    """A place by its code or its name; cleaned to the Area, or None when nothing is typed."""

    default_error_messages = {
        "unknown_area": _("No such place is in the directory. Type its six digits or full name."),
    }

    def clean(self, value: object) -> Area | None:
        """Find the place. Raises ValidationError when there is none or more than one."""
        typed = super().clean(value)
        if not typed:
            return None
        found = area_named(typed)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown_area"], code="unknown_area")
        return found


def area_codes(text: str) -> list[str]:
    """Return the codes of places that stand in a text, by code or name, with any mark between them.

    Raises ValidationError when there is no such place.
    """
    found = []
    for typed in filter(None, re.split(r"[、,，;；\s]+", text)):
        area = area_named(typed)
        if area is None:
            message = AreaField.default_error_messages["unknown_area"]
            raise forms.ValidationError(message, code="unknown_area")
        found.append(area.code)
    return list(dict.fromkeys(found))


class UnitForm(forms.Form):
    """One unit, as it is or as it is to be."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As on the door, with its place in front: no other unit bears it."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.KINDS)
    area = AreaField(
        label=_("Place"),
        max_length=60,
        help_text=_("The six digits of its code, or its full name."),
    )
    above = forms.CharField(
        label=_("Unit above"),
        max_length=120,
        required=False,
        help_text=_("Its full name, or empty."),
    )
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How documents call it, one name a line."),
    )

    def clean_above(self) -> Unit | None:
        """Find the unit above by its full name."""
        typed = self.cleaned_data["above"].strip()
        if not typed:
            return None
        found = Unit.objects.working().filter(name=typed).first()
        if found is None:
            raise forms.ValidationError(_("No unit bears this name."), code="unknown_unit")
        return found

    def draft(self) -> UnitDraft:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        return UnitDraft(
            name=given["name"],
            kind=given["kind"],
            area=given["area"],
            above=given["above"],
            aliases=tuple(given["aliases"].splitlines()),
        )


def filled(unit: Unit) -> dict[str, Any]:
    """Return the unit as the form's first values."""
    return {
        "name": unit.name,
        "kind": unit.kind,
        "area": unit.area_id,
        "above": unit.above.name if unit.above else "",
        "aliases": "\n".join(unit.aliases),
    }


class UnitFilterForm(forms.Form):
    """The filters of the list of units; they live in the address."""

    words = forms.CharField(label=_("Words in the name"), required=False, max_length=100)
    area = AreaField(label=_("Place"), required=False, max_length=60)
    closed = forms.BooleanField(label=_("Closed ones too"), required=False)
