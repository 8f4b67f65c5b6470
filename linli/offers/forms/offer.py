"""What an organizer gives an offer, and how the list of offers is filtered."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Service, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.offers.actions.amending import OfferChange
from linli.offers.actions.offering import OfferDraft
from linli.offers.models import Offer
from linli.offers.rules.retention import KEPT_AT_MOST

ALL: tuple[str, Words] = ("", _("All"))
STATES: tuple[tuple[str, Words], ...] = (
    ("draft", _("Not published")),
    ("published", _("Published")),
    ("withdrawn", _("Withdrawn")),
)


def choose(form: forms.BaseForm, name: str, among: QuerySet[Any], first: Words = "") -> None:
    """Let a field choose among these rows; `first` stands for none of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    field.empty_label = str(first or (_now("Choose") if field.required else _now("None")))
    field.queryset = among


class OffersForm(forms.Form):
    """Which offers to show. It lives in the address; what makes no sense is left out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *Offer.KINDS], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ALL, *STATES], required=False)
    part_of = forms.ModelChoiceField(
        Offer.objects.none(), label=_("Part of"), to_field_name="code", required=False
    )
    words = forms.CharField(label=_("Title"), max_length=60, required=False)

    def __init__(self, asked: Any, *, programmes: QuerySet[Offer]) -> None:  # noqa: ANN401
        super().__init__(asked)
        choose(self, "part_of", programmes, _("All"))
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()


class OfferForm(forms.Form):
    """One offer. For whom it is, is said in words; nothing here asks who somebody is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Offer.KINDS)
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("What it offers"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    conditions = forms.CharField(
        label=_("For whom, and what to bring"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Shown as it stands. Nobody is asked to prove who they are before they book."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Organized by"), to_field_name="code"
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"))
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Guide"), required=False)
    part_of = forms.ModelChoiceField(
        Offer.objects.none(), label=_("Part of"), to_field_name="code", required=False
    )
    cost = forms.DecimalField(
        label=_("Cost in yuan"), min_value=0, max_value=100_000, decimal_places=2, initial=0
    )
    kept_days = forms.IntegerField(
        label=_("Days kept after the last meeting"),
        min_value=1,
        max_value=KEPT_AT_MOST,
        initial=7,
        help_text=_("What people leave with a booking is deleted then; counts stay."),
    )

    ONCE = ("kind", "unit", "area")

    def __init__(self, data: Any = None, *, by: Actor, offer: Offer | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_given(offer) if offer else {})
        units = Unit.objects.working().order_by("name")
        choose(self, "unit", units.filter(name=by.unit) if by.role == Role.OFFICER else units)
        choose(self, "area", Area.objects.order_by("code"))
        choose(self, "service", Service.objects.order_by("name"))
        programmes = Offer.objects.filter(kind=Offer.PROGRAMME, withdrawn_at=None).order_by("title")
        choose(self, "part_of", programmes.exclude(pk=offer.pk) if offer else programmes)
        if offer:
            for name in self.ONCE:
                del self.fields[name]
        elif unit := units.filter(name=by.unit).first():
            self.initial.update({"unit": unit.code, "area": unit.area_id})

    def clean_cost(self) -> int:
        """Return the cost in fen."""
        return int(self.cleaned_data["cost"] * 100)

    def draft(self) -> OfferDraft:
        """Return what was given for a new offer."""
        return OfferDraft(**self.cleaned_data)

    def change(self) -> OfferChange:
        """Return what was given for one that stands."""
        return OfferChange(**self.cleaned_data)


def _given(offer: Offer) -> dict[str, Any]:
    names = ("title", "description", "conditions", "service", "kept_days")
    given = {name: getattr(offer, name) for name in names}
    part_of = offer.part_of.code if offer.part_of else ""
    return given | {"cost": f"{offer.cost / 100:.2f}", "part_of": part_of}
