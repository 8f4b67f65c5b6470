"""The public's totals in words: what each is called, what it counts, and between which accounts."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.funds.models import Account, Transaction
from linli.funds.rules.flows import GONE, INSIDE, OUTSIDE
from linli.funds.rules.totals import TOTALS
from linli.kernel.text import Words

KINDS: dict[str, Words] = dict(Account.NAMES)
VERBS: dict[str, Words] = dict(Transaction.NAMES)
TITLES: dict[str, Words] = {
    "given": pgettext_lazy("a total", "Money in all"),
    "appropriated": pgettext_lazy("a total", "Appropriated"),
    "partner": pgettext_lazy("a total", "Matched from other budgets"),
    "received": pgettext_lazy("a total", "Received"),
    "social": pgettext_lazy("a total", "Social capital"),
    "gifts": pgettext_lazy("a total", "Donations"),
    "allocated": pgettext_lazy("a total", "Allocated"),
    "matched": pgettext_lazy("a total", "Matched"),
    "not_allocated": pgettext_lazy("a total", "Not allocated yet"),
    "returned": pgettext_lazy("a total", "Given back before it was allocated"),
    "paid": pgettext_lazy("a total", "Paid"),
    "committed": pgettext_lazy("a total", "Committed, not paid yet"),
    "left": pgettext_lazy("a total", "Allocated or matched, not paid yet"),
    "given_back": pgettext_lazy("a total", "Given back"),
    "unspent": pgettext_lazy("a total", "Unspent"),
}
# What fits into the picture.
SHORT: dict[str, Words] = TITLES | {
    "partner": pgettext_lazy("a total, in short", "Partners"),
    "not_allocated": pgettext_lazy("a total, in short", "Waiting"),
    "returned": pgettext_lazy("a total, in short", "Given back"),
    "committed": pgettext_lazy("a total, in short", "Committed"),
    "left": pgettext_lazy("a total, in short", "Not paid yet"),
}
MEANINGS: dict[str, Words] = {
    "given": _("All that budgets, companies and donors gave to this fund."),
    "appropriated": _("What budgets put into this fund, to be allocated."),
    "partner": _("What partners put in beside it from their own budgets, as agreed."),
    "received": _("Social capital and donations that came in."),
    "social": _("What companies and institutions gave."),
    "gifts": _("What donors gave."),
    "allocated": _("What was given on to those who use it."),
    "matched": _("What partners put in beside it, as agreed."),
    "not_allocated": _("What is there and nobody may use yet."),
    "returned": _("What went back before it was given on to anybody."),
    "paid": _("What left the fund for what it is for."),
    "committed": _("What a contract or a promise holds, and is not paid yet."),
    "left": _("What may be used, and is neither promised nor paid yet."),
    "given_back": _("What went back to where it came from."),
    "unspent": _("All that is still in the fund, wherever it stands."),
}
_GROUPS: tuple[tuple[tuple[str, ...], Words], ...] = (
    (OUTSIDE, _("outside the fund")),
    (INSIDE, _("inside the fund")),
    (GONE, _("gone")),
)


def asked(code: str) -> Words:
    """Return the query behind a total, as a sentence."""
    total = TOTALS[code]
    rest = set(total.out_of) | set(total.into) == set(KINDS)
    out_of = _("all other accounts") if rest and code != "unspent" else _listed(total.out_of)
    return format_lazy(
        _(
            "Every amount that moved out of {out_of} into {into}, less every amount that moved the other way."
        ),
        out_of=out_of,
        into=_listed(total.into),
    )


def _listed(kinds: tuple[str, ...]) -> Words:
    """Return kinds of account in words; those that make a whole group by the group's."""
    words: list[Words] = []
    left = set(kinds)
    for group, name in _GROUPS:
        if left >= set(group):
            left -= set(group)
            words.append(format_lazy(_("accounts {group}"), group=name))
    words += [format_lazy("“{kind}”", kind=KINDS[kind]) for kind in KINDS if kind in left]
    return format_lazy("{}" + ", {}" * (len(words) - 1), *words)
