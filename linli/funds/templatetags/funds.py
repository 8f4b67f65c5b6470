"""The one way in which amounts are shown: `{{ fen|yuan }}` and `{{ fen|wan }}`; and what a verb would do."""

from django import template
from django.utils.translation import gettext as _

from linli.funds.forms.posting import VERBS
from linli.funds.rules import amounts
from linli.kernel.text import Words

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """An amount in yuan: 1,125,240.00."""
    return "" if fen is None else amounts.yuan(fen)


@register.filter
def wan(fen: int | None) -> str:
    """An amount in ten thousands of yuan, with the word for it: 112.524 ten-thousand yuan."""
    return "" if fen is None else _("%(amount)s ten-thousand yuan") % {"amount": amounts.wan(fen)}


@register.filter
def deed(verb: str) -> Words:
    """What somebody would do with the money, while nothing was done yet: Appropriate, Pay out."""
    return VERBS[verb][0]


@register.filter
def grouped(count: int | None) -> str:
    """A count with its thousands apart, in every language alike: 1,000,000."""
    return "" if count is None else f"{count:,}"
