"""The look-up in words: one answer, and under it what is known, from whom, since when."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from linli.kernel.text import Words
from linli.trace.models import Permit, Recall
from linli.trace.queries.looking_up import Answer
from linli.trace.queries.permits import PermitStand
from linli.trace.queries.recalls import RecallStand
from linli.trace.rules import answers
from linli.trace.rules.laboratory.results import DETECTED
from linli.trace.rules.permit_states import EXPIRED, NONE, NOT_YET
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN
from linli.ui.look import address_in

HEADS: Final[dict[str, Words]] = {
    answers.RECALLED: gettext_lazy("Recalled"),
    answers.ADVERSE: gettext_lazy("A test found something"),
    WITHDRAWN: gettext_lazy("Permit withdrawn"),
    SUSPENDED: gettext_lazy("Permit suspended"),
    answers.NOT_THEN: gettext_lazy("Made without a valid permit"),
    EXPIRED: gettext_lazy("Permit expired"),
    NONE: gettext_lazy("No permit on record"),
    answers.PAST: gettext_lazy("Best before is over"),
    answers.CLOSED: gettext_lazy("Closed for good"),
    VALID: gettext_lazy("Valid"),
    answers.WHICH: gettext_lazy("Which one is it?"),
    answers.UNKNOWN: gettext_lazy("Not known here"),
    answers.MISTYPED: gettext_lazy("Not a code as printed"),
}
_SAYS: Final[dict[str, Words]] = {
    answers.ADVERSE: gettext_lazy(
        "A laboratory found in this lot what should not be in it. What it found stands below."
    ),
    WITHDRAWN: gettext_lazy("The office has withdrawn the permit of this place."),
    SUSPENDED: gettext_lazy(
        "The office has suspended the permit of this place until further notice."
    ),
    answers.NOT_THEN: gettext_lazy(
        "No permit of this place was valid on the day on which this lot was made."
    ),
    EXPIRED: gettext_lazy("The permit of this place has run out, and no newer one is on record."),
    NONE: gettext_lazy("No permit of this place is on record."),
    answers.PAST: gettext_lazy(
        "The maker has a valid permit, but this lot is older than its last day."
    ),
    answers.CLOSED: gettext_lazy("This place does not work any more."),
    VALID: gettext_lazy("The permit of this place is valid today."),
    answers.WHICH: gettext_lazy("This business works at several places, or at none any more."),
    answers.UNKNOWN: gettext_lazy(
        "Nobody has told us of a lot, permit or place with this code. Ask the seller for the permit."
    ),
    answers.MISTYPED: gettext_lazy(
        "A character is missing or differs. Compare the code with the label and try again."
    ),
}
# Where a lot or a product is meant, and no place.
_OF_LOTS: Final[dict[str, Words]] = {
    VALID: gettext_lazy("The maker's permit is valid today, and was on the day this lot was made."),
    answers.WHICH: gettext_lazy(
        "This code names a product. Add the lot number that stands beside it."
    ),
    answers.UNKNOWN: gettext_lazy(
        "We know this product, but nobody has told us of a lot with this number."
    ),
}
_STANDS: Final[dict[str, tuple[str, Words]]] = {
    VALID: ("done", pgettext_lazy("permit", "valid")),
    SUSPENDED: ("late", pgettext_lazy("permit", "suspended")),
    WITHDRAWN: ("late", pgettext_lazy("permit", "withdrawn")),
    EXPIRED: ("soon", pgettext_lazy("permit", "expired")),
    NOT_YET: ("soon", gettext_lazy("not valid yet")),
    NONE: ("soon", gettext_lazy("none on record")),
}


class Row(NamedTuple):
    """One thing that is known: what, its lamp, in which words, from whom (us, if nobody is named), since which day,
    and where all of it stands.
    """

    term: Words
    lamp: str
    words: list[Words]
    source: str = ""
    day: date | None = None
    href: str = ""


def saying(found: Answer) -> Words:
    """Return the sentence under the answer."""
    if found.recall:
        said = found.recall.advised
        made = "" if found.recall.itself else _("It was made of a lot that is recalled.")
        return f"{said} {made}".strip()
    return _OF_LOTS.get(found.kind if found.product else "", _SAYS[found.kind])


def rows(found: Answer, language: str) -> Iterator[Row]:
    """Yield what is known, the same lines in the same order for every lot and every place."""
    if found.stand is None:
        return
    if found.recall:
        yield _recall(found, found.recall, language)
    yield _permit(found.stand, language)
    if found.lot and found.then:
        lamp, words = _STANDS[found.then.state]
        permit = found.then.permit
        source = permit.unit.name if permit else ""
        yield Row(_("Permit on the day it was made"), lamp, [words], source, found.lot.made_on)
    yield _inspection(found, language)
    yield _test(found, language)
    if found.lot and not found.recall:
        yield Row(_("Recall"), "done", [_("none")], "", localdate(found.at))


def _permit(stand: PermitStand, language: str) -> Row:
    lamp, words = _STANDS[stand.state]
    permit = stand.permit
    if permit is None:
        return Row(_("Permit today"), lamp, [words])
    until = _("%(number)s, until %(day)s") % {"number": permit.number, "day": permit.valid_until}
    href = address_in(f"/permits/{permit.code}/", language)
    return Row(_("Permit today"), lamp, [words, until], permit.unit.name, _turned(permit), href)


def _turned(permit: Permit) -> date:
    """Return the day since which a permit stands as it does: that of the turn which stopped it, else its first."""
    last = None if permit.state == Permit.VALID else permit.steps.last()
    return localdate(last.from_at) if last else permit.valid_from


def _inspection(found: Answer, language: str) -> Row:
    visit = found.visit
    if visit is None:
        words: list[Words] = [_("none is published yet")]
        return Row(_("Last inspection"), "plain", words, "", localdate(found.at))
    share = _("%(share)s%% of all points") % {"share": f"{visit.share / 100:.0f}"}
    if visit.open:
        left = ngettext("%(n)s finding is open", "%(n)s findings are open", visit.open)
        told = left % {"n": visit.open}
    else:
        told = _("no finding is open")
    lamp = "late" if visit.grave else "soon" if visit.open else "done"
    href = address_in(f"/inspections/{visit.code}/", language)
    return Row(_("Last inspection"), lamp, [told, share], visit.unit, visit.made_on, href)


def _test(found: Answer, language: str) -> Row:
    term = _("Last test of this lot") if found.lot else _("Last test of a sample from here")
    if not found.tests:
        words: list[Words] = [_("none is published yet")]
        return Row(term, "plain", words, "", localdate(found.at))
    last = found.tests[0]
    lamp = "late" if last.result == DETECTED else "done"
    said: list[Words] = [*last.words(language)]
    return Row(term, lamp, said, last.laboratory, last.told_on, address_in(last.path, language))


def _recall(found: Answer, recall: RecallStand, language: str) -> Row:
    grounds = dict(Recall.GROUNDS).get(recall.grounds, "")
    href = address_in(f"/food/recalls/{recall.code}/", language)
    source = found.premises.operator.unit.name if found.premises else ""
    return Row(_("Recall"), "late", [grounds], source, localdate(recall.since), href)
