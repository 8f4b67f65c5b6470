"""A service as its keeper writes it: the guide, its papers, steps, prices and rules, on one page."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.directory.forms import rows
from linli.directory.forms.rules import RuleRow, rows_of, rules_of
from linli.directory.forms.units import area_codes
from linli.directory.forms.wordings import Wordings, choose
from linli.directory.models import Area, Organization, Service
from linli.directory.queries import terms_of
from linli.directory.rules.drafts import ServiceDraft

DAYS: dict[str, Any] = {"min_value": 0, "max_value": 9999, "required": False}
LINES = forms.Textarea(attrs={"rows": 3})


class GuideForm(forms.Form):
    """What a guide says in single fields. seen: when the guide that is edited was last modified."""

    name = forms.CharField(label=_("Name"), max_length=120)
    other_names = forms.CharField(
        label=_("Also called"),
        required=False,
        help_text=_("How people call it, with commas between: the search finds these too."),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Offered by"), to_field_name="uuid", empty_label=None
    )
    status = forms.ChoiceField(label=_("State"), choices=Service.STATUSES)
    description = forms.CharField(label=_("What the service is"), widget=LINES, required=False)
    terms = forms.MultipleChoiceField(
        label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    areas = forms.CharField(
        label=_("For which places"),
        required=False,
        help_text=_("Names or codes with commas between; empty: for everywhere."),
    )
    promised_days = forms.IntegerField(label=_("Promised working days"), **DAYS)
    statutory_days = forms.IntegerField(label=_("Statutory working days"), **DAYS)
    visits = forms.IntegerField(label=_("Visits needed"), **DAYS)
    eligibility = forms.CharField(label=_("Whom it is for, in words"), widget=LINES, required=False)
    instead = forms.CharField(
        label=_("Nearest alternative"),
        required=False,
        max_length=120,
        help_text=_("The code of another service, or its name."),
    )
    basis = forms.CharField(label=_("Legal basis"), widget=LINES, required=False)
    alert = forms.CharField(
        label=_("Notice"),
        required=False,
        help_text=_("Shown at the top of the guide, such as a change to come."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, initial: dict[str, Any], keeps: QuerySet[Organization]
    ) -> None:
        super().__init__(data, initial=initial)
        organization = self.fields["organization"]
        assert isinstance(organization, forms.ModelChoiceField)  # noqa: S101 - declared so above
        organization.queryset = keeps
        themes = [(f"theme/{term.code}", term.name) for term in terms_of("theme")]
        choose(self.fields["terms"], themes)
        # Words of other taxonomies are not shown here and stay.
        self.other_terms = tuple(t for t in initial.get("all_terms", ()) if t[:6] != "theme/")

    def clean_areas(self) -> tuple[str, ...]:
        """Find the places."""
        return tuple(area_codes(self.cleaned_data["areas"]))

    def clean_instead(self) -> UUID | None:
        """Find the alternative by its code, or by its name when one service alone bears it."""
        typed = self.cleaned_data["instead"].strip()
        if not typed:
            return None
        found = list(Service.objects.filter(code__iexact=typed)[:1]) or list(
            Service.objects.filter(name=typed)[:2]
        )
        if len(found) != 1:
            message = _("No service has this code, and not one alone this name.")
            raise forms.ValidationError(message, code="unknown_service")
        return found[0].uuid


@dataclass(frozen=True, slots=True)
class GuideForms:
    """The form of a guide with all its rows."""

    guide: GuideForm
    papers: rows.Rows
    stages: rows.Rows
    costs: rows.Rows
    phones: rows.Rows
    rules: rows.Rows

    @classmethod
    def of(
        cls, data: QueryDict | None, draft: ServiceDraft | None, seen: str, keeps: QuerySet[Organization],
        words: Wordings,
    ) -> "GuideForms":  # fmt: skip
        """Return the forms as sent, or filled with a draft, or empty."""
        if data and (more := data.get("more")):
            data = rows.with_more(data, more)
        first = rows.said_of
        return cls(
            GuideForm(data, _shown(draft, seen), keeps),
            rows.rows(rows.PaperRow, "papers", data, first(draft.documents) if draft else (), ordered=True),
            rows.rows(rows.StageRow, "stages", data, first(draft.stages) if draft else (), ordered=True),
            rows.rows(rows.CostRow, "costs", data, rows.said_of_costs(draft.costs) if draft else ()),
            rows.rows(rows.PhoneRow, "phones", data, first(draft.phones) if draft else ()),
            rows.rows(RuleRow, "rules", data, rows_of(draft.rules) if draft else (), words=words),
        )  # fmt: skip

    @property
    def parts(self) -> tuple[rows.Rows, ...]:
        """All rows, as they stand on the page."""
        return (self.papers, self.stages, self.costs, self.phones, self.rules)

    def are_valid(self) -> bool:
        """Say whether all of them are filled as they should be; each is looked at."""
        return all([self.guide.is_valid(), *(part.is_valid() for part in self.parts)])

    def draft(self) -> ServiceDraft:
        """Return the service as typed."""
        given = dict(self.guide.cleaned_data)
        given.pop("seen")
        names = re.split(r"[、,，;；]", given.pop("other_names"))
        terms = (*given.pop("terms"), *self.guide.other_terms)
        return ServiceDraft(
            **given | {"organization": given["organization"].uuid},
            other_names=tuple(name.strip() for name in names if name.strip()),
            terms=terms,
            rules=rules_of(self.rules.kept()),
            documents=rows.papers(self.papers),
            stages=rows.stages(self.stages),
            costs=rows.costs(self.costs),
            phones=rows.phones(self.phones),
        )


def _shown(draft: ServiceDraft | None, seen: str) -> dict[str, Any]:
    if draft is None:
        return {"status": "active"}
    names = dict(Area.objects.filter(code__in=draft.areas).values_list("code", "name"))
    others = Service.objects.filter(uuid=draft.instead) if draft.instead else Service.objects.none()
    instead = others.values_list("code", flat=True).first()
    plain = (
        "name", "organization", "status", "description", "promised_days", "statutory_days", "visits",
        "eligibility", "basis", "alert",
    )  # fmt: skip
    return {name: getattr(draft, name) for name in plain} | {
        "other_names": "、".join(draft.other_names),
        "terms": list(draft.terms),
        "all_terms": draft.terms,
        "areas": "、".join(names.get(code, code) for code in draft.areas),
        "instead": instead or "",
        "seen": seen,
    }
