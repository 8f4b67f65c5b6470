"""What two sides agree on: whose money, out of which account into which, once the partner's part is there."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.matching import Agreement
from linli.funds.forms.amounts import YuanField
from linli.funds.forms.funds import DAY, choose
from linli.funds.forms.posting import AccountChoice
from linli.funds.models import Account, Fund, Match
from linli.funds.rules import flows

_KINDS = {
    "ready": {out_of for out_of, _into in flows.WAYS[flows.ALLOCATE]},
    "into": {into for _out_of, into in flows.WAYS[flows.ALLOCATE]},
    "partner": {flows.MATCHED},
}


class AgreementForm(forms.Form):
    """One agreement about matched money. The partner's share is two whole numbers, so that it is exact."""

    words = forms.CharField(label=_("What for"), max_length=240)
    amount = YuanField(label=_("What this fund gives, in yuan"))
    ready = AccountChoice(Account.objects.none(), label=_("Given from"), to_field_name="code")
    into = AccountChoice(Account.objects.none(), label=_("Released into"), to_field_name="code")
    partner = AccountChoice(
        Account.objects.none(),
        label=_("The partner's part"),
        to_field_name="code",
        help_text=_("The account into which the partner posts. Its unit sees what is missing."),
    )
    share_above = forms.IntegerField(
        label=_("Share: the partner's"), min_value=1, max_value=10_000, initial=1
    )
    share_below = forms.IntegerField(
        label=_("Share: this fund's"), min_value=1, max_value=10_000, initial=1
    )
    last_day = forms.DateField(label=_("Last day"), **DAY)
    needs_evidence = forms.BooleanField(
        label=_("Nothing is released before evidence is shown"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, fund: Fund) -> None:  # noqa: ANN401
        super().__init__(data)
        self.kept = dict[str, Account]()
        for name, kinds in _KINDS.items():
            accounts = fund.accounts.filter(kind__in=kinds, closed_on=None)
            choose(self, name, accounts.select_related("unit"), _("Choose"))

    def agreement(self) -> Agreement:
        """Return what is agreed."""
        given = dict(self.cleaned_data) | self.kept
        share = Fraction(given.pop("share_above"), given.pop("share_below"))
        return Agreement(share=share, **given)


class AnewForm(AgreementForm):
    """One agreement in the place of an older one: both sides keep their accounts."""

    def __init__(self, data: Any = None, *, match: Match) -> None:  # noqa: ANN401
        super().__init__(data, fund=match.fund)
        self.kept = {"ready": match.ready, "partner": match.partner}
        for name in self.kept:
            del self.fields[name]
        self.initial.update(
            words=match.words,
            amount=match.amount,
            into=match.into.code,
            share_above=match.share_above,
            share_below=match.share_below,
            needs_evidence=match.needs_evidence,
        )
