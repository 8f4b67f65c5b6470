"""What moves money: for one verb, lines of an amount out of one account into another, on a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.funds.actions.ledger import Line, Posting
from linli.funds.forms.amounts import YuanField
from linli.funds.forms.funds import DAY
from linli.funds.forms.rests import RestsOnForm
from linli.funds.models import Account, Fund
from linli.funds.rules import flows
from linli.funds.rules.amounts import yuan
from linli.kernel.text import Words

LINES, MORE, MOST = 3, 5, 60
# What is done with the money, and from where to where.
VERBS: dict[str, tuple[Words, Words]] = {
    flows.APPROPRIATE: (
        _("Appropriate"),
        _("Out of a budget: the money is given to this fund."),
    ),
    flows.RECEIVE: (_("Receive"), _("Social capital or donations have come in.")),
    flows.ALLOCATE: (_("Allocate"), _("What stands is set aside for a unit, a line or a project.")),
    flows.MATCH: (_("Match"), _("A partner gives its agreed part.")),
    flows.COMMIT: (_("Commit"), _("A contract or a decision binds it to who will be paid.")),
    flows.DISBURSE: (_("Pay out"), _("It leaves to whoever it is for.")),
    flows.RETURN: (
        _("Give back"),
        _("It goes back: to where it came from, or from who was paid."),
    ),
}


def label_of(account: Account) -> str:
    """Return an account as one chooses it: its kind, its name and, inside, what stands on it."""
    stands = f" ({yuan(account.balance)})" if account.kind in flows.INSIDE else ""
    return f"{account.get_kind_display()} · {account.name}{stands}"


class AccountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An account of a fund."""

    def label_from_instance(self, obj: Account) -> str:
        """Say which account it is."""
        return label_of(obj)


class PostingForm(RestsOnForm):
    """One posting by one verb; its first line is needed, the others are for more."""

    day = forms.DateField(label=_("Day"), **DAY)
    words = forms.CharField(label=_("Memo"), max_length=240, required=False)
    lines = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *given: Any, fund: Fund, verb: str, lines: int = LINES, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.verb, self.count = verb, max(1, min(lines, MOST))
        self.initial["lines"] = self.count
        ways = flows.WAYS[verb]
        accounts = list(fund.accounts.filter(closed_on=None).order_by("kind", "name"))
        gives = [one for one in accounts if one.kind in {out_of for out_of, _into in ways}]
        takes = [one for one in accounts if one.kind in {into for _out_of, into in ways}]
        for number in range(1, self.count + 1):
            self.fields[f"out_of_{number}"] = _one_of(gives, gettext("Out of"), number)
            self.fields[f"into_{number}"] = _one_of(takes, gettext("Into"), number)
            self.fields[f"amount_{number}"] = YuanField(required=number == 1)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The lines as they are shown: out of, into, how much."""
        return [
            [self[f"{name}_{number}"] for name in ("out_of", "into", "amount")]
            for number in range(1, self.count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse lines of which something is missing."""
        given = super().clean()
        for number in range(2, self.count + 1):
            names = [f"{name}_{number}" for name in ("out_of", "into", "amount")]
            if any(given.get(name) for name in names):
                for name in names:
                    if not given.get(name) and name not in self.errors:
                        self.add_error(name, _("Say this too, or leave the whole line empty."))
        return given

    def posting(self, evidence: Evidence | None = None) -> Posting:
        """Return what is to be moved."""
        given = self.cleaned_data
        lines = [
            Line(given[f"out_of_{number}"], given[f"into_{number}"], given[f"amount_{number}"])
            for number in range(1, self.count + 1)
            if given[f"amount_{number}"]
        ]
        return Posting(
            verb=self.verb, day=given["day"], lines=lines, words=given["words"], evidence=evidence
        )


def _one_of(accounts: list[Account], label: str, number: int) -> forms.TypedChoiceField:
    """Return the choice of an account, made once for all lines; the first line takes what alone there is."""
    by_code = {one.code: one for one in accounts}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Choose")), *((one.code, label_of(one)) for one in accounts)],
        coerce=by_code.__getitem__,
        empty_value=None,
        required=number == 1,
        initial=accounts[0].code if number == 1 and len(accounts) == 1 else "",
    )


class ReverseForm(forms.Form):
    """Why an entry is moved back, and on which day."""

    day = forms.DateField(label=_("Day"), **DAY)
    words = forms.CharField(label=_("Why"), max_length=240)


class RefuseForm(forms.Form):
    """Why an order is refused."""

    reason = forms.CharField(label=_("Why"), max_length=240)
