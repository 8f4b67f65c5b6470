"""A stand, until when wishes count, and the wishes themselves."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Organization
from linli.kernel.text import Words
from linli.offers.actions.stands import StandDraft
from linli.offers.forms.dates import moment, when
from linli.offers.models import Booking, Session, Stand, Timetable, Vacancy
from linli.offers.rules.fairs import MOST_WISHES

Choices = list[tuple[Words, Any]]


class StandForm(forms.Form):
    """One employer's stand."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Employer"), to_field_name="uuid",
        empty_label=_("Choose an employer"),
    )  # fmt: skip
    zone = forms.ChoiceField(label=_("Zone"), choices=Stand.ZONES, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Stand"), max_length=20, required=False, help_text=_("Such as A12.")
    )
    online = forms.URLField(
        label=_("Address of online talks"), required=False, assume_scheme="https"
    )
    lanes = forms.IntegerField(label=_("Talks at a time"), min_value=1, max_value=20)
    minutes = forms.IntegerField(label=_("Minutes a talk"), min_value=5, max_value=120)
    walk_in_percent = forms.IntegerField(
        label=_("Left for who just comes, %"), min_value=0, max_value=100
    )

    def __init__(self, data: Any, *, kept: Stand | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_stand_said(kept))
        field = cast("forms.ModelChoiceField[Organization]", self.fields["organization"])
        employers = Organization.objects.filter(closed_on=None)
        field.queryset = employers.filter(pk=kept.organization_id) if kept else employers

    def draft(self) -> StandDraft:
        """Return the stand as typed."""
        return StandDraft(**self.cleaned_data)


class WishesUntilForm(forms.Form):
    """Until when wishes count, and how long one walks."""

    wishes_until = moment(_("Wishes count until"))
    gap_minutes = forms.IntegerField(label=_("Minutes to walk"), min_value=0, max_value=60)

    def __init__(self, data: Any, *, kept: Timetable | None, first: datetime) -> None:  # noqa: ANN401
        said = {
            "wishes_until": when(kept.wishes_until if kept else first),
            "gap_minutes": kept.gap_minutes if kept else 5,
        }
        super().__init__(data, initial=said)


class WishesForm(forms.Form):
    """Up to five posts, each in its place; a place may stay empty."""

    def __init__(self, data: Any, *, fair: Session, booking: Booking) -> None:  # noqa: ANN401
        super().__init__(data)
        here = Vacancy.objects.filter(stand__session=fair, closed_on=None)
        self.here = {one.code: one for one in here.select_related("organization")}
        wished = list(booking.wishes.values_list("vacancy__code", flat=True))
        choices = _by_employer(self.here)
        for number in range(1, MOST_WISHES + 1):
            self.fields[f"wish_{number}"] = forms.ChoiceField(
                label=_("Wish %(number)s") % {"number": number},
                choices=choices,
                required=False,
                initial=wished[number - 1] if number <= len(wished) else "",
            )

    def chosen(self) -> list[Vacancy]:
        """Return the wishes in their order, empty places left out."""
        codes = (self.cleaned_data[name] for name in self.fields)
        return [self.here[code] for code in codes if code]


def _by_employer(here: dict[str, Vacancy]) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, one in sorted(
        here.items(), key=lambda pair: (pair[1].organization.name, pair[1].title)
    ):
        groups.setdefault(one.organization.name, []).append((code, one.title))
    return [("", _("no wish")), *((name, posts) for name, posts in groups.items())]


def _stand_said(kept: Stand | None) -> dict[str, Any]:
    if kept is None:
        return {"zone": Stand.ONSITE, "lanes": 1, "minutes": 15, "walk_in_percent": 20}
    said = {name: getattr(kept, name) for name in StandDraft.__dataclass_fields__}
    return said | {"organization": kept.organization.uuid}
