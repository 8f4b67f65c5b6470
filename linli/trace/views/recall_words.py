"""What recalls say, in the reader's language, out of what they are: states, marks, a notice in every language."""

from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, override, pgettext_lazy
from django.utils.translation import gettext as _

from linli.kernel.text import Words
from linli.trace.models import Lot, Recall, RecallTold
from linli.trace.queries.recall_lists import Reached
from linli.trace.rules.drills import Balance, Score
from linli.trace.rules.shop.amounts import shown
from linli.ui.languages import LANGUAGES, Language

STATES: Final[dict[str, tuple[str, Words]]] = {
    Recall.STARTED: ("soon", gettext_lazy("waits for a decision")),
    Recall.RUNNING: ("late", pgettext_lazy("recall", "running")),
    Recall.DROPPED: ("plain", gettext_lazy("not called")),
    Recall.ENDED: ("done", pgettext_lazy("recall", "ended")),
}


class Mark(NamedTuple):
    """One mark of a recall: what it is for, and the share that was reached."""

    words: Words
    value: str
    unit: str


def marks_told(score: Score | None) -> list[Mark]:
    """Return the marks of a recall with their words."""
    if score is None:
        return []
    return [
        Mark(
            _("From the proposal until it was known whom it reached"), str(score.minutes), _("min")
        ),
        Mark(_("Businesses told"), share(score.told), "%"),
        Mark(_("Businesses that answered"), share(score.acknowledged), "%"),
        Mark(_("Goods accounted for"), share(score.balanced), "%"),
        Mark(_("All four marks"), share(score.whole), "%"),
    ]


def share(hundredths: int) -> str:
    """Return a share, given in hundredths of a percent, with at most one decimal."""
    return f"{hundredths / 100:.1f}".removesuffix(".0")


def balance_told(one: Balance) -> tuple[str, list[str], str]:
    """Return the balance of a lot as it is shown: the lot, its numbers, what is missing."""
    numbers = (one.quantity, one.left, one.destroyed, one.used, one.gone, one.back)
    return one.lot, [_number(number) for number in numbers], _number(one.missing)


def _number(number: Decimal | None) -> str:
    return "—" if number is None else shown(number)


def told_lamp(told: RecallTold) -> tuple[str, Words]:
    """Return how far it is with somebody whom a recall concerns."""
    if told.acknowledged_at is not None:
        return "done", _("answered")
    if told.told_at is not None:
        return "soon", _("told, no answer yet")
    return "late", _("not told yet")


def called(lot: Lot) -> str:
    """Return the name of a lot's product in the language of the page, its own where it has none there."""
    names = lot.product.names
    said = names.get((get_language() or "").split("-")[0]) if isinstance(names, dict) else None
    return said if isinstance(said, str) and said else lot.product.name


def notices(recall: Recall, ahead: Reached, address: str) -> list[tuple[Language, SafeString]]:
    """Return the notice of a recall in each language that is complete, out of the same data."""
    return [(one, _notice(recall, ahead, address, one.code)) for one in LANGUAGES if one.complete]


def _notice(recall: Recall, ahead: Reached, address: str, language: str) -> SafeString:
    with override(language):
        named: dict[str, Any] = {
            "recall": recall,
            "lot": recall.lot,
            "called": called(recall.lot),
            "ahead": ahead,
            "address": address,
        }
        return render_to_string("trace/_recall_notice.html", named)
