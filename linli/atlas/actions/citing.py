"""Give a cell a permanent address. Whoever reads it may: nothing is written of who asked."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import CellCitation, Rate
from linli.atlas.queries.single_cells import Question, answer
from linli.atlas.rules import cited
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

# Why there is no such cell, as a refusal: stable codes, and what to do about it.
WHY: dict[str, Words] = {
    "no_numerator": _("Nothing is known of this figure in this place over this period."),
    "no_denominator": _(
        "Nothing is known of the other figure in this place over this same period, so there is nothing to compare with."
    ),
    "no_earlier": _("Nothing is known of this figure in this place over the earlier period."),
    "other_area": _("The two figures are not of the same place."),
    "other_period": _("The two figures are not of the same period."),
    "nought": _("The figure to divide by is nought."),
    "too_large": _("What comes out is larger than any number kept here."),
    "not_earlier": _("The two periods overlap, or the second comes first."),
    "other_length": _("The two periods are not equally long: a month is not compared with a year."),
}


@transaction.atomic
def cite(*, by: Actor, at: datetime, question: Question) -> CellCitation:
    """Cite a cell as it stands: the same figures again are the same citation, whoever asks (`by`).

    Refuses: no_numerator, no_denominator, no_earlier, other_area, other_period, nought, too_large, not_earlier, other_length when
    there is no such cell.
    """
    found = answer(question)
    if found.result.point is None:
        raise Refused(found.result.why, WHY[found.result.why])
    told = found.said
    digest = cited.digest(told)
    known = CellCitation.objects.filter(digest=digest).first()
    if known is not None:
        return known
    before = question.before
    figures = {f"{role}_id": fact.pk for role, fact in found.facts.items()}
    citation = CellCitation(
        code=new_code(), at=at, area=question.area, value=found.result.point.value, said=told,
        digest=digest, **({"rate": question.of} if isinstance(question.of, Rate) else {"indicator": question.of}),
        period_from=question.period.start, period_until=question.period.until,
        before_from=before and before.start, before_until=before and before.until, **figures,
    )  # fmt: skip
    try:
        with transaction.atomic():
            citation.save(force_insert=True)
    except IntegrityError:
        # Two cite the same cell at once: one of them has cited it.
        known = CellCitation.objects.filter(digest=digest).first()
        if known is None:
            raise
        return known
    return citation
