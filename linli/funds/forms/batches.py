"""A payment file, and what the bank answers."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.batches import BatchDraft, ReplyDraft
from linli.funds.models import Account, Fund
from linli.funds.rules import flows
from linli.funds.rules.amounts import yuan

_FROM = tuple(out_of for out_of, into in flows.WAYS[flows.DISBURSE])


def _file(words: Any, hint: Any) -> forms.FileField:  # noqa: ANN401 - words yet to be translated
    widget = forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    return forms.FileField(label=words, help_text=hint, widget=widget)


class AccountOfFund(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An account, under the name of its fund."""

    def label_from_instance(self, obj: Account) -> str:
        """Say which account it is, and what stands on it."""
        stands = f" ({yuan(obj.balance)})" if obj.kind in flows.INSIDE else ""
        return f"{obj.fund.name} · {obj.get_kind_display()} · {obj.name}{stands}"


class BatchForm(forms.Form):
    """One payment file, with where its money is."""

    words = forms.CharField(
        label=_("What for"),
        max_length=120,
        help_text=_("It stands in the books. No names of persons."),
    )
    out_of = AccountOfFund(
        Account.objects.none(),
        label=_("Paid out of"),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    into = AccountOfFund(
        Account.objects.none(), label=_("Booked as paid on"), to_field_name="code",
        empty_label=_("Choose"),
    )  # fmt: skip
    file = _file(
        _("Payment file"),
        _("CSV or XLSX, up to 1,000,000 lines and 100 MB: line, account, amount."),
    )

    def __init__(self, *given: Any, funds: QuerySet[Fund]) -> None:
        super().__init__(*given)
        known = Account.objects.filter(fund__in=funds, closed_on=None).select_related("fund")
        for name, kinds in (("out_of", _FROM), ("into", (flows.PAID,))):
            field = cast("forms.ModelChoiceField[Account]", self.fields[name])
            field.queryset = known.filter(kind__in=kinds).order_by("fund__name", "kind", "name")

    def clean(self) -> dict[str, Any]:
        """Refuse two accounts of different funds."""
        cleaned = super().clean() or {}
        out_of, into = cleaned.get("out_of"), cleaned.get("into")
        if out_of and into and out_of.fund_id != into.fund_id:
            self.add_error("into", _("Choose an account of the same fund."))
        return cleaned

    def draft(self) -> BatchDraft:
        """Return the file as brought."""
        return BatchDraft(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What the bank answers, and the payment file once more."""

    file = _file(_("The bank's file"), _("CSV or XLSX: line, account, amount, result, reason."))
    paid_by = _file(
        _("The payment file once more"),
        _("The very file that was approved: it was not kept, and the answer is compared with it."),
    )

    def draft(self) -> ReplyDraft:
        """Return the files as brought."""
        return ReplyDraft(**self.cleaned_data)
