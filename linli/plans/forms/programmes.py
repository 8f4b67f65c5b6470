"""What a planner gives to begin a programme, and to add a measure to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, AreaQuerySet
from linli.plans.actions.drafts import ProgrammeDraft
from linli.plans.forms.ledger import DAY, QuickSelect
from linli.plans.models import PolicyDocument, Programme


class ProgrammeForm(forms.Form):
    """A programme: its title, place, days, and the document that it carries out."""

    title = forms.CharField(label=_("Title"), max_length=200)
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Place"),
        help_text=_("Places that have units in the directory."),
        widget=QuickSelect,
    )
    document = forms.ModelChoiceField(
        PolicyDocument.objects.none(),
        label=_("Policy document"),
        help_text=_("The document that this programme carries out."),
        required=False,
        widget=QuickSelect,
    )
    starts_on = forms.DateField(label=_("First day"), **DAY | {"required": True})
    ends_on = forms.DateField(label=_("Last day"), **DAY | {"required": True})

    def __init__(self, data: Any = None, *, programme: Programme | None = None) -> None:  # noqa: ANN401
        names = ("title", "area", "document", "starts_on", "ends_on")
        given = {name: getattr(programme, name) for name in names} if programme else {}
        super().__init__(data, initial=given)
        choose(self, "area", places())
        choose(self, "document", PolicyDocument.objects.exclude(status="replaced"))
        if programme and programme.published_at:
            for name in ("area", "starts_on", "ends_on"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a programme that ends before it begins."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned

    def draft(self) -> ProgrammeDraft:
        """Return what was given."""
        return ProgrammeDraft(**self.cleaned_data)


class MeasureForm(forms.Form):
    """A measure by its title."""

    title = forms.CharField(label=_("Measure"), max_length=300)


def places() -> AreaQuerySet:
    """Return the places of which plans can be: those that have units."""
    return Area.objects.filter(until_year__isnull=True, units__isnull=False).distinct()


def choose(form: forms.Form, name: str, among: Any) -> None:  # noqa: ANN401 - a queryset of any model
    """Say among what the field `name` lets choose."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared so above
    # In the language of the page, so that no reader finds a row of hyphens.
    field.empty_label = str(_("Choose") if field.required else _("None"))
    field.queryset = among
