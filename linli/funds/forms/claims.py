"""What money is counted as: an account and an indicator."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Indicator
from linli.funds.actions.tallies import UNIT
from linli.funds.models import Account, Fund
from linli.funds.rules import flows


class IndicatorField(forms.ModelChoiceField[Indicator]):
    """An indicator, by its name in the reader's language."""

    def label_from_instance(self, obj: Indicator) -> str:
        """Return how an indicator is told."""
        return obj.shown_name


class AccountOfKindField(forms.ModelChoiceField[Account]):
    """An account, by its kind and name."""

    def label_from_instance(self, obj: Account) -> str:
        """Return how an account is told."""
        return f"{obj.get_kind_display()} · {obj.name}"


class TallyForm(forms.Form):
    """What comes into this account counts as that."""

    account = AccountOfKindField(
        Account.objects.none(), label=_("What comes into"), to_field_name="code"
    )
    indicator = IndicatorField(
        Indicator.objects.filter(kind="money", unit=UNIT, adds_up=True),
        label=_("is counted as"), to_field_name="code",
    )  # fmt: skip

    def __init__(self, data: Any, *, fund: Fund) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        account = cast("AccountOfKindField", self.fields["account"])
        account.queryset = fund.accounts.exclude(kind__in=flows.OUTSIDE)
