"""Declare rates. A rate's meaning never changes: another meaning is another code."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Rate
from linli.atlas.rules.rates import COUNTABLE
from linli.facts.models import Indicator
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.traits import trait_in


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDraft:
    """One rate as somebody writes it down."""

    code: str
    name: str
    name_hant: str
    name_en: str
    numerator: Indicator
    denominator: Indicator
    definition: str
    per: int = 1_000
    digits: int = 1


@transaction.atomic
def declare_rate(*, by: Actor, at: datetime, draft: RateDraft) -> Rate:
    """Declare a rate.

    Refuses: not_allowed unless a planner asks; not_a_rate when a field is missing or badly formed; trait_of_a_person;
    same_indicator; not_public; not_countable when a side is a share or a growth already; official_only for a figure about a
    group of people, which is taken as published and never worked out here (PRIVACY 9); code_taken.
    """
    allow(by, Role.PLANNER)
    for named in (draft.name, draft.name_hant, draft.name_en, draft.code.replace("_", " ")):
        if trait_in(named):
            raise Refused(
                "trait_of_a_person",
                _("This would count a trait of persons. Linli keeps none, and counts none."),
            )
    _refuse_sides(draft.numerator, draft.denominator)
    rate = Rate(**{one.name: getattr(draft, one.name) for one in fields(draft)}, **signed(by, at))
    try:
        rate.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused("not_a_rate", "; ".join(error.messages)) from error
    try:
        with transaction.atomic():
            rate.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("code_taken", _("Another rate bears this code.")) from error
    return rate


def _refuse_sides(numerator: Indicator, denominator: Indicator) -> None:
    if numerator.pk == denominator.pk:
        raise Refused("same_indicator", _("Take two different figures."))
    for side in (numerator, denominator):
        if not side.public:
            raise Refused("not_public", _("Take figures that everybody may see."))
        if side.official_only:
            raise Refused(
                "official_only",
                _("Shares of groups of people are taken as they were published, and never worked out here."),
            )  # fmt: skip
        if side.kind not in COUNTABLE:
            raise Refused("not_countable", _("A rate is not made of shares or of growth."))
