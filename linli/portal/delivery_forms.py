"""Forms with which a task is linked: with an offer of the units that answer for it, with an account that pays."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.flows.commitment_to_offer import MEETINGS, PLACES, SESSIONS
from linli.funds.models import Account
from linli.funds.rules.flows import PAID
from linli.offers.models import Offer
from linli.plans.forms.programmes import choose
from linli.plans.models import Task


class _Titled(forms.ModelChoiceField[Account]):
    """Calls each account by its fund and name."""

    def label_from_instance(self, obj: Account) -> str:
        """Return fund and account."""
        return f"{obj.fund.name} · {obj.name}"


class OfferForm(forms.Form):
    """An offer that delivers the task, and what of it counts towards the target."""

    offer = forms.ModelChoiceField(
        label=_("Offer"),
        queryset=Offer.objects.none(),
        to_field_name="code",
        help_text=_("Published offers of the units that lead the task or answer for it."),
    )
    counts = forms.ChoiceField(label=_("Counts towards the target"), required=False)

    def __init__(self, data: Any, *, task: Task) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data)
        choose(self, "offer", Offer.objects.published().filter(unit__in=_units(task)))
        choices = [("", _("Nothing: it is shown beside the promise"))]
        if task.indicator and not task.indicator.about_people:
            choices += [
                (SESSIONS, _("How many sessions were held")),
                (MEETINGS, _("How many meetings were held")),
                (PLACES, _("How many places were offered")),
            ]
        counts = self.fields["counts"]
        assert isinstance(counts, forms.ChoiceField)  # noqa: S101 - declared so above
        counts.choices = choices


class AccountForm(forms.Form):
    """An account of a published fund in which payments for the task arrive."""

    account = _Titled(
        label=_("Account"),
        queryset=Account.objects.none(),
        to_field_name="code",
        help_text=_("Accounts of published funds of this place that payments arrive in."),
    )

    def __init__(self, data: Any, *, task: Task) -> None:  # noqa: ANN401 - Django's own
        super().__init__(data)
        area, units = task.measure.programme.area_id, _units(task)
        near = Q(fund__area=area) | Q(fund__unit__in=units) | Q(unit__in=units)
        found = Account.objects.filter(near, kind=PAID, fund__published_at__isnull=False)
        choose(self, "account", found.select_related("fund").order_by("fund__name", "name"))


def _units(task: Task) -> list[int]:
    shared = task.shares.values_list("unit", flat=True)
    return [*([task.lead_id] if task.lead_id else []), *shared]
