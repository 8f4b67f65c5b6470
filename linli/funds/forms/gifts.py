"""Forms of donations: a collection, a day's total, a receipt, where money goes; and the code on a receipt."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.gifts import CollectionDraft, Total
from linli.funds.forms.amounts import YuanField
from linli.funds.models import Account, Collection, Fund
from linli.funds.models.gift import DOORS
from linli.funds.rules import flows

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CollectionForm(forms.Form):
    """A new collection."""

    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Fund"), to_field_name="code", empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = forms.CharField(
        label=_("What for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What people give for stays as it is written here."),
    )  # fmt: skip
    ways = forms.CharField(
        label=_("How to give"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Counters, boxes, the account for transfers."),
    )  # fmt: skip
    begins_on = forms.DateField(label=_("From"), widget=_DAY)

    def __init__(self, data: Any, *, funds: QuerySet[Fund]) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        cast("forms.ModelChoiceField[Fund]", self.fields["fund"]).queryset = funds

    def draft(self) -> CollectionDraft:
        """Return the collection as typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "fund"}
        return CollectionDraft(**said)


class TotalForm(forms.Form):
    """What came in on a day."""

    day = forms.DateField(label=_("Day"), widget=_DAY)
    door = forms.ChoiceField(label=_("How it came"), choices=DOORS, widget=forms.RadioSelect)
    gifts = forms.IntegerField(label=_("How many gifts"), min_value=1, max_value=10_000_000)
    amount = YuanField(label=_("Amount together, in yuan"))

    def total(self) -> Total:
        """Return the total as typed."""
        return Total(**self.cleaned_data)


class ReceiptForm(forms.Form):
    """A receipt for one gift. There is no field for a name."""

    amount = YuanField(label=_("Amount in yuan"))
    door = forms.ChoiceField(
        label=_("How it came"), choices=DOORS, initial=DOORS[0][0], widget=forms.RadioSelect
    )


class AccountField(forms.ModelChoiceField[Account]):
    """An account, by its name and project."""

    def label_from_instance(self, obj: Account) -> str:
        """Return how an account is told."""
        return f"{obj.name} · {obj.project.name}" if obj.project else obj.name


class GiveOnForm(forms.Form):
    """Where what was given goes."""

    into = AccountField(Account.objects.none(), label=_("Into"), to_field_name="code")
    amount = YuanField(label=_("Amount in yuan"))
    words = forms.CharField(
        label=_("What for"), max_length=240,
        help_text=_("Everybody reads this. Name what is done with it, nobody by name."),
    )  # fmt: skip

    def __init__(self, data: Any, *, collection: Collection) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        into = cast("AccountField", self.fields["into"])
        into.queryset = collection.fund.accounts.filter(
            kind=flows.ALLOCATED, closed_on=None
        ).select_related("project")


class CodeForm(forms.Form):
    """The code on a receipt."""

    code = forms.CharField(
        label=_("The code on your receipt"), max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}
        ),
    )  # fmt: skip
