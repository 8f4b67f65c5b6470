"""What is given of a decision to be assessed: what it is and does where, its hazards, and what is decided."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.actions.impact_hazards import HazardDraft, MitigationDraft
from linli.assessments.actions.impacts import MOST_WORDS
from linli.assessments.actions.ruling import RulingDraft
from linli.assessments.forms.schemes import DAY, choose, own_unit
from linli.assessments.models import Edition, Hazard, Impact, ImpactQuerySet, Instrument, Ruling
from linli.assessments.queries.impacts import DECIDING, OPEN, PREPARED, ImpactsAsked
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor
from linli.kernel.text import Words

_ALL: tuple[str, Words] = ("", _("All"))
STATE_WORDS: dict[str, Words] = {
    PREPARED: pgettext_lazy("impact", "being prepared"),
    OPEN: pgettext_lazy("impact", "open for consultation"),
    DECIDING: pgettext_lazy("impact", "to be decided"),
    Ruling.GO: pgettext_lazy("impact", "goes ahead"),
    Ruling.CHANGE: pgettext_lazy("impact", "to be changed"),
    Ruling.STOP: pgettext_lazy("impact", "stopped"),
}


def _long(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy words
    return forms.CharField(
        label=label,
        max_length=MOST_WORDS,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class PlacesField(forms.CharField):
    """Places with what changes there, one a line: a name or a code, and words after a colon."""

    def clean(self, value: Any) -> list[tuple[Area, str]]:  # noqa: ANN401 - Django's own
        """Return (area, words) of each line that is not empty."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found: dict[Area, str] = {}
        for line in lines:
            name, _colon, words = line.replace("：", ":").partition(":")
            area = _area(name.strip())
            if area in found:
                raise ValidationError(_("Name each place once: %(name)s") % {"name": area.name})
            found[area] = words.strip()
        return list(found.items())


def _area(name: str) -> Area:
    areas = list(Area.objects.filter(code=name) or Area.objects.filter(name=name)[:2])
    if not areas:
        raise ValidationError(_("There is no such place: %(name)s") % {"name": name})
    if len(areas) > 1:
        raise ValidationError(
            _("Several places are called %(name)s: write the code.") % {"name": name}
        )
    return areas[0]


class ImpactsForm(forms.Form):
    """Which assessments of decisions to show. It lives in the address; what makes no sense is left out."""

    state = forms.ChoiceField(
        label=_("State"), choices=[_ALL, *STATE_WORDS.items()], required=False
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"), required=False)
    words = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, asked: Any, *, among: ImpactQuerySet) -> None:  # noqa: ANN401
        super().__init__(asked)
        places = among.order_by().values("places__area")
        choose(self, "area", Area.objects.filter(pk__in=places), _("All"))
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> ImpactsAsked:
        """What is asked for."""
        words = self.cleaned_data.get("words", "").replace("\0", "").strip()
        return ImpactsAsked(**{**self.cleaned_data, "words": words})

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.cleaned_data.values())


class PublicImpactsForm(ImpactsForm):
    """The same of what everybody sees."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[_ALL, *(one for one in STATE_WORDS.items() if one[0] != PREPARED)],
        required=False,
    )


class ImpactForm(forms.Form):
    """What is to be decided, what will come of it, and where."""

    words = _long(_("What is to be decided"))
    statement = _long(
        _("What will come of it"),
        _("For whom it is good, for whom it is not, what it costs, what else could be done."),
    )
    places = PlacesField(
        label=_("Places that it touches"),
        help_text=_("One a line: a name or a code, and after a colon what changes there."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, impact: Impact | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_given(impact) if impact else {})


class NewImpactForm(ImpactForm):
    """A decision that is to be assessed from now on: of a name, or of a subject that has one already."""

    name = forms.CharField(label=_("Name of the decision"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Proposed by"), to_field_name="code")
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"))
    edition = forms.ModelChoiceField(
        Edition.objects.none(), label=pgettext_lazy("impact", "Questions")
    )
    field_order = ("name", "unit", "area", "edition")

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - a QueryDict
        *,
        by: Actor,
        named: bool = False,
        earlier: Impact | None = None,
    ) -> None:
        super().__init__(data, impact=earlier)
        choose(self, "edition", newest_editions(), _("Choose"))
        if named:
            for field in ("name", "unit", "area"):
                del self.fields[field]
            return
        own_unit(self, by)
        choose(self, "area", Area.objects.order_by("code"), _("Choose"))


def newest_editions() -> Any:  # noqa: ANN401 - a QuerySet of editions
    """Return the editions by which decisions are assessed now: the newest of each instrument that is not closed."""
    kept = Instrument.objects.filter(use=Instrument.IMPACT, closed_on=None)
    editions = Edition.objects.adopted().filter(instrument__in=kept).select_related("instrument")
    newest = {one.instrument_id: one.pk for one in editions.order_by("number")}
    return editions.filter(pk__in=newest.values()).order_by("instrument__name")


def _given(impact: Impact) -> dict[str, Any]:
    lines = [
        f"{one.area.name}：{one.words}" if one.words else one.area.name
        for one in impact.places.select_related("area")
    ]
    said = {"words": impact.words, "statement": impact.statement, "places": "\n".join(lines)}
    return said | {"edition": impact.edition_id}


class AskForm(forms.Form):
    """Which unit assesses it too, until when."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    due_on = forms.DateField(label=pgettext_lazy("impact", "Until"), **DAY)

    def __init__(self, data: Any = None, *, impact: Impact) -> None:  # noqa: ANN401
        super().__init__(data)
        others = Unit.objects.working().exclude(assessed=impact.subject)
        choose(self, "unit", others.order_by("name"), _("Choose"))


class OpenForm(forms.Form):
    """Until when it lies open, and why no longer."""

    until = forms.DateField(label=_("Last day of the consultation"), **DAY)
    hurry = forms.CharField(
        label=_("Why so short"),
        max_length=300,
        required=False,
        help_text=_("For fewer than thirty days. It is published."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HazardForm(forms.Form):
    """One thing that may go wrong."""

    words = forms.CharField(
        label=_("What may go wrong"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    severity = forms.TypedChoiceField(
        label=_("How bad"), choices=Hazard.SEVERITIES, coerce=int, widget=forms.RadioSelect
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Place"),
        required=False,
        help_text=_("Only if it is felt in one of the places."),
    )

    def __init__(self, data: Any = None, *, impact: Impact) -> None:  # noqa: ANN401
        super().__init__(data)
        places = impact.places.values("area")
        choose(self, "area", Area.objects.filter(pk__in=places), _("Everywhere"))

    def draft(self) -> HazardDraft:
        """Return what was given."""
        return HazardDraft(**self.cleaned_data)


class MitigationForm(forms.Form):
    """One thing that is done against a hazard."""

    words = forms.CharField(label=_("What is done against it"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Done by"), to_field_name="code")
    due_on = forms.DateField(label=pgettext_lazy("impact", "Until"), **DAY)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        choose(self, "unit", Unit.objects.working().order_by("name"), _("Choose"))

    def draft(self) -> MitigationDraft:
        """Return what was given."""
        return MitigationDraft(**self.cleaned_data)


class StrikeForm(forms.Form):
    """Why a hazard is none."""

    reason = forms.CharField(label=pgettext_lazy("hazard", "Why it is none"), max_length=300)


class RulingForm(forms.Form):
    """What is decided, in public."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Ruling.OUTCOMES, widget=forms.RadioSelect
    )
    summary = _long(pgettext_lazy("impact", "What was found"), _("In plain words, for everybody."))
    heard = _long(_("What was said in the consultation, and what came of it"))
    reasons = _long(_("Reasons"))

    def draft(self) -> RulingDraft:
        """Return what was given."""
        return RulingDraft(**self.cleaned_data)
