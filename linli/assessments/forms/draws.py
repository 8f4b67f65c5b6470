"""What a draw is: by how many each is checked, how many premises of which place, who goes; conflicts and the pool."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.actions.draws import (
    MOST_CREW,
    MOST_EACH,
    MOST_TAKEN,
    ChecksDraft,
    SitesDraft,
)
from linli.assessments.forms.schemes import DAY, EditionField, choose, own_unit
from linli.assessments.models import Draw, Edition, Inspector, Subject
from linli.assessments.queries.inspections import checklists
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor
from linli.kernel.clock import now

PLACES: Final = 5  # rows of places and numbers; more are another draw
_MOMENT: Final = "%Y-%m-%dT%H:%M"


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:  # noqa: ANN401 - translated when shown
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


def _next_hour() -> str:
    later = localtime(now()) + timedelta(hours=2)
    return f"{later.replace(minute=0, second=0):{_MOMENT}}"


class KindForm(forms.Form):
    """Which draws to show."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Draw.KINDS], required=False)

    @property
    def asked(self) -> str:
        """What is asked for."""
        return str(self.cleaned_data.get("kind", "")) if self.is_valid() else ""


class ChecksForm(forms.Form):
    """One draw of checks."""

    each = forms.IntegerField(
        label=_("By how many each is checked"), min_value=1, max_value=MOST_EACH, initial=2
    )
    closes_at = _moment(
        _("The list closes"),
        _("Who stands at this stage then is on it. It is drawn as soon as the log is signed."),
    )
    pool = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Units that go and look"),
        to_field_name="code",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, data: Any = None, *, stage: str) -> None:  # noqa: ANN401
        super().__init__(data, initial={"closes_at": _next_hour()})
        self.stage = stage
        if stage == "cross":
            del self.fields["pool"]
        else:
            self.fields["pool"].required = True
            _among_units(self)

    def draft(self) -> ChecksDraft:
        """Return what was given."""
        return ChecksDraft(
            stage=self.stage,
            each=self.cleaned_data["each"],
            closes_at=self.cleaned_data["closes_at"],
            pool=list(self.cleaned_data.get("pool", ())),
        )


def _among_units(form: forms.Form) -> None:
    field = form.fields["pool"]
    assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - it is named so
    field.queryset = Unit.objects.working().order_by("name")


class SitesForm(forms.Form):
    """One draw of premises and inspectors."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Drawn for"), to_field_name="code")
    edition = EditionField(Edition.objects.none(), label=_("Checklist"))
    crew = forms.IntegerField(
        label=_("Inspectors a visit"), min_value=1, max_value=MOST_CREW, initial=2
    )
    pool = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Units whose inspectors go"),
        to_field_name="code",
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    closes_at = _moment(_("The list closes"))
    until = forms.DateField(
        label=_("Last day for the visits"),
        help_text=_("The day after, everybody sees the list, the seed and the result. Not before."),
        **DAY,
    )

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data, initial={"closes_at": _next_hour()})
        own_unit(self, by)
        choose(self, "edition", checklists(), _("Choose"))
        _among_units(self)
        field = self.fields["pool"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - it is named so
        having = Inspector.objects.filter(ended_on=None).values("unit")
        field.queryset = Unit.objects.filter(pk__in=having).order_by("name")
        places = _places()
        for number in range(1, PLACES + 1):
            area, take = f"area_{number}", f"take_{number}"
            self.fields[area] = forms.ModelChoiceField(
                Area.objects.none(), label=_("Place"), required=False
            )
            choose(self, area, places, "—")
            self.fields[take] = forms.IntegerField(
                label=pgettext_lazy("premises", "How many"),
                min_value=1,
                max_value=MOST_TAKEN,
                required=False,
            )

    @property
    def terms(self) -> list[forms.BoundField]:
        """The fields before the places."""
        return [self[name] for name in self.base_fields]

    @property
    def places(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of places and numbers."""
        rows = range(1, PLACES + 1)
        return [(self[f"area_{number}"], self[f"take_{number}"]) for number in rows]

    def clean(self) -> dict[str, Any]:
        """Take the rows together; a place without a number, or a number without a place, is told."""
        given = super().clean() or self.cleaned_data
        rows = [(given.get(f"area_{n}"), given.get(f"take_{n}")) for n in range(1, PLACES + 1)]
        if any((area is None) != (take is None) for area, take in rows):
            raise ValidationError(_("Say of each place how many are drawn there."))
        given["strata"] = [(area, take) for area, take in rows if area is not None]
        return given

    def draft(self) -> SitesDraft:
        """Return what was given."""
        given = self.cleaned_data
        named = {name: given[name] for name in (*self.base_fields, "strata")}
        return SitesDraft(**named | {"pool": list(given["pool"])})


class ConflictForm(forms.Form):
    """One reason why two units may not assess each other."""

    one = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    other = forms.ModelChoiceField(Unit.objects.none(), label=_("Other unit"), to_field_name="code")
    reason = forms.CharField(
        label=_("Why they may not"),
        help_text=_("Of the units, never of a person: who reads this page sees it."),
        max_length=240,
    )

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        units = Unit.objects.working().order_by("name")
        own = units.filter(name=by.unit).first()
        super().__init__(data, initial={"one": own.code} if own else {})
        choose(self, "one", units, _("Choose"))
        choose(self, "other", units, _("Choose"))


class InspectorForm(forms.Form):
    """One code more in a unit's pool."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data)
        own_unit(self, by)


class RecusalForm(forms.Form):
    """Premises to which an inspector does not go."""

    premises = forms.CharField(
        label=pgettext_lazy("inspection", "Code of the premises"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def clean_premises(self) -> Subject:
        """Return the premises of this code."""
        code = self.cleaned_data["premises"].strip().upper()
        found = Subject.objects.filter(code=code, kind=Subject.PREMISES).first()
        if found is None:
            raise ValidationError(_("No premises have this code."))
        return found


def _places() -> QuerySet[Area]:
    """Return the places that hold premises, and the cities and provinces around them: few of all places do."""
    held = Subject.objects.filter(kind=Subject.PREMISES).order_by()
    codes = {*held.values_list("area_id", flat=True).distinct()}
    around = {f"{code[:4]}00" for code in codes} | {f"{code[:2]}0000" for code in codes}
    return Area.objects.filter(pk__in=codes | around).order_by("code")
