"""Rows of a form: papers, steps, prices, phones. Empty rows are left out; more can be asked for without script."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.wordings import Wordings
from linli.directory.models import RequiredDocument
from linli.directory.rules.drafts import CostDraft, DocumentDraft, PhoneDraft, StageDraft

MOST = 100
MORE = 3  # rows that are added at once


class Row(forms.Form):
    """One row; `uuid` says which part it is, and is nothing that a person types."""

    uuid = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)


class PaperRow(Row):
    """One paper to bring."""

    name = forms.CharField(label=_("Paper"), max_length=120)
    form = forms.ChoiceField(
        label=_("Form"),
        choices=RequiredDocument.FORMS,
        initial=RequiredDocument.FORMS[0][0],  # as a browser sends it of a row that nobody touched
    )
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=99, initial=1)
    without = forms.CharField(label=_("Without it"), max_length=240, required=False)


class StageRow(Row):
    """One step of how it goes."""

    name = forms.CharField(label=_("Step"), max_length=60)
    words = forms.CharField(label=_("What happens"), max_length=240, required=False)
    days = forms.IntegerField(label=_("Working days"), min_value=0, max_value=999, required=False)


class CostRow(Row):
    """One price."""

    option = forms.CharField(label=_("For"), max_length=120, required=False)
    yuan = forms.DecimalField(
        label=_("Yuan"), min_value=0, max_value=9_999_999, decimal_places=2, localize=False
    )


class PhoneRow(Row):
    """One number of an office."""

    number = forms.CharField(label=_("Phone number"), max_length=30)
    extension = forms.CharField(label=_("Extension"), max_length=10, required=False)
    description = forms.CharField(label=_("For"), max_length=120, required=False)


class Rows(BaseFormSet[Any]):
    """Rows of one kind with a few empty ones below."""

    def kept(self) -> list[dict[str, Any]]:
        """Return what was typed, without rows that were left empty or taken out."""
        # Django's own order leaves empty rows out already; a known row counts unchanged as well.
        filled = (
            self.ordered_forms
            if self.can_order
            else [*self.initial_forms, *(one for one in self.extra_forms if one.has_changed())]
        )
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in _OWN}
            for form in filled
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


_OWN = {"DELETE", "ORDER"}


def rows(
    kind: type[forms.Form],
    prefix: str,
    data: QueryDict | None,
    initial: Iterable[dict[str, Any]] = (),
    *,
    ordered: bool = False,
    words: Wordings | None = None,
) -> Rows:
    """Return the rows of one kind, filled from what was sent or else from what is known."""
    made: Any = formset_factory(
        kind, formset=Rows, extra=1 if initial else MORE, can_order=ordered, can_delete=True, max_num=MOST, absolute_max=MOST
    )  # fmt: skip
    found: Rows = made(
        data, prefix=prefix, initial=list(initial), form_kwargs={"words": words} if words else {}
    )
    return found


def with_more(data: QueryDict, prefix: str) -> QueryDict:
    """Return what was sent with a few more empty rows of one kind."""
    grown = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    count = data.get(name, "")
    grown[name] = str(min(MOST, (int(count) if count.isdigit() else 0) + MORE))
    return grown


def papers(found: Rows) -> tuple[DocumentDraft, ...]:
    """Return papers as typed."""
    return tuple(DocumentDraft(**row) for row in found.kept())


def stages(found: Rows) -> tuple[StageDraft, ...]:
    """Return steps as typed."""
    return tuple(StageDraft(**row) for row in found.kept())


def costs(found: Rows) -> tuple[CostDraft, ...]:
    """Return prices as typed."""
    return tuple(
        CostDraft(uuid=row["uuid"], option=row["option"], amount=int(row["yuan"] * 100))
        for row in found.kept()
    )


def phones(found: Rows) -> tuple[PhoneDraft, ...]:
    """Return numbers as typed."""
    return tuple(PhoneDraft(**row) for row in found.kept())


def said_of(parts: Iterable[Any]) -> list[dict[str, Any]]:
    """Return parts as the first values of rows."""
    return [{name: getattr(part, name) for name in part.__dataclass_fields__} for part in parts]


def said_of_costs(parts: Iterable[CostDraft]) -> list[dict[str, Any]]:
    """Return prices as the first values of rows."""
    return [
        {"uuid": part.uuid, "option": part.option, "yuan": f"{part.amount / 100:.2f}"}
        for part in parts
    ]
