"""What narrows lists of vacancies, what one says, and a table of them."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.units import AreaField
from linli.directory.models import Organization, Unit
from linli.offers.actions.vacancies import VacancyDraft
from linli.offers.models import Session, Stand, Vacancy
from linli.offers.queries.vacancies import VacanciesAsked

LARGEST = 10 * 1024 * 1024
_ANY = [("", _("all"))]
_PAY = [(str(yuan), f"{yuan:,}") for yuan in (2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000)]


class VacanciesForm(forms.Form):
    """Words, place, employment, pay, employer, fair. What is not understood narrows nothing."""

    words = forms.CharField(label=_("Post or employer"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("Place of work"), required=False)
    employment = forms.ChoiceField(
        label=_("Employment"), required=False, choices=[*_ANY, *Vacancy.EMPLOYMENTS]
    )
    pay = forms.ChoiceField(
        label=_("Pay from, yuan a month"), required=False, choices=[*_ANY, *_PAY]
    )
    employer = forms.ChoiceField(label=_("Employer"), required=False)
    fair = forms.ChoiceField(label=_("Job fair"), required=False)

    def __init__(self, data: Any, *, choices: dict[str, list[tuple[str, str]]]) -> None:  # noqa: ANN401
        super().__init__(data)
        for name in ("area", "employer", "fair"):
            if found := choices.get(name):
                cast("forms.ChoiceField", self.fields[name]).choices = [*_ANY, *found]
            else:
                del self.fields[name]

    @property
    def asked(self) -> VacanciesAsked:
        """What is asked for."""
        self.is_valid()
        given = self.cleaned_data
        said = {name: given.get(name, "") for name in ("area", "employment", "employer", "fair")}
        words = given.get("words", "").replace("\0", "")
        pay = given.get("pay")
        return VacanciesAsked(words=words, pay=int(pay) if pay else None, **said)


class KeptVacanciesForm(VacanciesForm):
    """The same on the console, with how a vacancy stands."""

    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("open", _("still open")), ("closed", _("over")), ("all", _("all"))],
    )  # fmt: skip

    @property
    def state_asked(self) -> str:
        """Which state is asked for; open ones, unless said otherwise."""
        self.is_valid()
        return self.cleaned_data.get("state") or "open"


class FairField(forms.ModelChoiceField[Session]):
    """A fair, by its title and day."""

    def label_from_instance(self, obj: Session) -> str:
        """Return how a fair is told."""
        return f"{obj.offer.title} {localdate(obj.starts_at)}"


class StandField(forms.ModelChoiceField[Stand]):
    """A stand at a fair."""

    def label_from_instance(self, obj: Stand) -> str:
        """Return how a stand is told."""
        day = localdate(obj.session.starts_at)
        return f"{obj.organization.name} · {day} · {obj.get_zone_display()}"


class VacancyForm(forms.Form):
    """One vacancy; the unit that keeps it is asked for where there is a choice."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Kept by"), to_field_name="code", empty_label=None
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Employer"), to_field_name="uuid",
        empty_label=_("Choose an employer"),
    )  # fmt: skip
    title = forms.CharField(label=_("Post"), max_length=120)
    posts = forms.IntegerField(label=_("How many"), min_value=1, max_value=9999)
    area = AreaField(label=_("Place of work"), max_length=60)
    employment = forms.ChoiceField(label=_("Employment"), choices=Vacancy.EMPLOYMENTS)
    pay_from = forms.IntegerField(
        label=_("Pay from, yuan a month"), min_value=1, max_value=1_000_000, required=False
    )
    pay_to = forms.IntegerField(
        label=_("Pay to, yuan a month"), min_value=1, max_value=1_000_000, required=False
    )
    description = forms.CharField(
        label=_("What there is to do"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    requirements = forms.CharField(
        label=_("What it takes"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skills, papers, hours. What somebody is may not be asked for."),
    )  # fmt: skip
    valid_until = forms.DateField(
        label=_("Open until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    stand = StandField(
        Stand.objects.none(), label=_("Told of at"), required=False, empty_label=_("no fair")
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a QueryDict or None
        *,
        fairs: QuerySet[Session],
        units: QuerySet[Unit] | None = None,
        kept: Vacancy | None = None,
    ) -> None:
        super().__init__(data, initial=_said(kept) if kept else None)
        if units is None:
            del self.fields["unit"]
        else:
            cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        organization = cast("forms.ModelChoiceField[Organization]", self.fields["organization"])
        organization.queryset = Organization.objects.filter(closed_on=None)
        stand = cast("forms.ModelChoiceField[Stand]", self.fields["stand"])
        stands = Stand.objects.filter(session__in=fairs.order_by())
        if kept and kept.stand_id:
            stands |= Stand.objects.filter(pk=kept.stand_id)
        stand.queryset = stands.select_related("session__offer", "organization")

    def draft(self) -> VacancyDraft:
        """Return the vacancy as typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "unit"}
        return VacancyDraft(**said)


class VacancyTableForm(forms.Form):
    """A table of vacancies, and the fair that they are told of at, if any."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Kept by"), to_field_name="code")
    fair = FairField(
        Session.objects.none(), label=_("Told of at"), required=False, to_field_name="code",
        empty_label=_("no fair"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The table"),
        help_text=_("XLSX or CSV, up to 10 MB. The next page shows what becomes of every row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a QueryDict or None
        files: Any,  # noqa: ANN401 - uploaded files or None
        *,
        fairs: QuerySet[Session],
        units: QuerySet[Unit],
    ) -> None:
        super().__init__(data, files, initial={"unit": units.first()})
        fair = cast("forms.ModelChoiceField[Session]", self.fields["fair"])
        fair.queryset = fairs
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too_large")
        return file


def _said(kept: Vacancy) -> dict[str, Any]:
    said = {name: getattr(kept, name) for name in VacancyDraft.__dataclass_fields__}
    return said | {
        "area": kept.area.code,
        "organization": kept.organization.uuid,
        "stand": kept.stand_id,
    }
