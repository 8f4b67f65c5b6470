"""What a scheme is, what a round of it promises, what a unit applies for."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.actions.rounds import Application, RoundDraft, SchemeDraft
from linli.assessments.models import Assessment, Category, Edition, Instrument, Round, Scheme
from linli.assessments.queries.stage_words import SOURCES, STAGES
from linli.assessments.rules import stages
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.text import Words

DAY: Final[dict[str, Any]] = {
    "input_formats": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}
LEVELS: Final = "city 市级\nregion 省级\nnation 国家级"
KINDS: Final = "机关\n企业\n学校\n街道\n社区\n景区\n场馆\n服务窗口\n新经济组织\n新社会组织"


def choose(form: forms.BaseForm, name: str, among: QuerySet[Any], first: Words) -> None:
    """Let a field choose among these rows; `first` stands for none of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    field.empty_label = str(first)
    field.queryset = among


def own_unit(form: forms.BaseForm, by: Actor) -> None:
    """Let an officer choose the own unit alone, and begin with the unit of whoever fills the form in."""
    units = Unit.objects.working().order_by("name")
    own = units.filter(name=by.unit)
    choose(form, "unit", own if by.role == Role.OFFICER else units, _("Choose"))
    if found := own.first():
        form.initial.setdefault("unit", found.code)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class SchemeForm(forms.Form):
    """One recognition scheme."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=pgettext_lazy("scheme", "Kept by"), to_field_name="code"
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"))
    levels = forms.CharField(
        label=_("Levels"),
        help_text=_("From low to high, one a line: the level's short key, a space, its name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=LEVELS,
        max_length=1000,
    )
    categories = forms.CharField(
        label=_("Kinds of unit"),
        help_text=_("One a line. Each candidate takes part as one of them."),
        widget=forms.Textarea(attrs={"rows": 10}),
        initial=KINDS,
        max_length=2000,
    )

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data)
        own_unit(self, by)
        choose(self, "area", Area.objects.order_by("code"), _("Choose"))

    def clean_levels(self) -> list[tuple[str, str]]:
        """Return the levels as (key, name)."""
        found = []
        for line in _lines(self.cleaned_data["levels"]):
            key, _space, name = line.partition(" ")
            if not (key.isascii() and key.isalnum() and len(key) <= 20 and name.strip()):
                raise ValidationError(
                    _("Write each level as a short key of Latin letters, a space, and its name.")
                )
            found.append((key, name.strip()[:60]))
        return found

    def clean_categories(self) -> list[str]:
        """Return the kinds of unit."""
        found = _lines(self.cleaned_data["categories"])
        if any(len(name) > 60 for name in found):
            raise ValidationError(_("The name of a kind of unit has at most 60 characters."))
        return found

    def draft(self) -> SchemeDraft:
        """Return what was given."""
        return SchemeDraft(**self.cleaned_data)


class EditionField(forms.ModelChoiceField[Edition]):
    """One edition, by the name of its instrument and its number."""

    def label_from_instance(self, obj: Edition) -> str:
        """Return how it is called."""
        return f"{obj.instrument.name} · {obj.number}"


class RoundForm(forms.Form):
    """One round: its edition, what each source counts, the last day of each stage."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    edition = EditionField(Edition.objects.none(), label=_("Instrument and edition"))
    objection_days = forms.IntegerField(
        label=_("Working days to object"), min_value=1, max_value=60, initial=7
    )
    reply_days = forms.IntegerField(
        label=_("Working days to answer an objection"), min_value=1, max_value=60, initial=10
    )
    doubled = forms.IntegerField(
        label=_("Assessed twice, in a hundred"),
        help_text=_("So many candidates are checked by two units that do not know of each other."),
        min_value=0,
        max_value=100,
        initial=10,
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        *,
        of: Round | None = None,
    ) -> None:
        super().__init__(data, initial=_of_round(of) if of else {"year": localdate(now()).year})
        adopted = Edition.objects.adopted().filter(
            instrument__use=Instrument.SCHEME, instrument__closed_on=None
        )
        among = adopted.select_related("instrument").order_by("instrument__name", "-number")
        choose(self, "edition", among, _("Choose"))
        for source, words in SOURCES.items():
            self.fields[f"weight_{source}"] = forms.IntegerField(
                label=str(words), min_value=0, max_value=100, required=False
            )
        for stage in stages.WAY:
            self.fields[f"day_{stage}"] = forms.DateField(
                label=str(STAGES[stage]), required=False, **DAY
            )

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of what each source counts."""
        return [self[f"weight_{source}"] for source in SOURCES]

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of last days."""
        return [self[f"day_{stage}"] for stage in stages.WAY]

    @property
    def terms(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[name] for name in self.base_fields]

    def draft(self) -> RoundDraft:
        """Return what was given."""
        given = self.cleaned_data
        return RoundDraft(
            **{name: given[name] for name in self.base_fields},
            weights={source: given[f"weight_{source}"] or 0 for source in SOURCES},
            days={stage: day for stage in stages.WAY if (day := given[f"day_{stage}"])},
        )


def _of_round(of: Round) -> dict[str, Any]:
    given = {name: getattr(of, name) for name in RoundForm.base_fields}
    given |= {f"weight_{source}": weight for source, weight in of.weights.items()}
    days = {f"day_{stage}": date.fromisoformat(day) for stage, day in of.days.items()}
    return given | days


class ApplyForm(forms.Form):
    """What a unit applies for."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Kind of unit"),
        to_field_name="number",
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(label=_("Level applied for"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        help_text=_("Everybody can read it. Name no person."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, by: Actor, scheme: Scheme) -> None:  # noqa: ANN401
        super().__init__(data)
        own_unit(self, by)
        self.fields["category"].queryset = scheme.categories.all()  # type: ignore[attr-defined]
        self.fields["category"].empty_label = None  # type: ignore[attr-defined]
        levels = [(one["key"], one["name"]) for one in scheme.levels]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]

    def wanted(self) -> Application:
        """Return what was given."""
        given = self.cleaned_data
        return Application(given["category"], given["level"], given["words"])


class TaskForm(forms.Form):
    """Who is to check a candidate, and until when."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[one for one in Assessment.KINDS if one[0] in (Assessment.CROSS, Assessment.SITE)],
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    due_on = forms.DateField(label=_("Until"), **DAY)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial)
        choose(self, "unit", Unit.objects.working().order_by("name"), _("Choose"))


class LeaveForm(forms.Form):
    """Why a unit leaves a round."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("Everybody can read it. Name no person."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
