"""Declare what is released of people's figures, before anything is counted; end it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Product, ProductFigure
from linli.atlas.models.product import FEWEST
from linli.atlas.queries.counting import places, releasable
from linli.atlas.rules.spans import begins, span
from linli.directory.models import Area
from linli.directory.models.area import stem
from linli.facts import actions as facts
from linli.facts.models import Indicator
from linli.facts.rules.figures import Figure
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

MOST_FIGURES, MOST_PLACES = 20, 200
_LEAST_VARIANCE, _MOST_VARIANCE = Decimal("0.5"), Decimal(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """One product as somebody writes it down; figures: codes of indicators about people."""

    code: str
    name: str
    scope: str
    level: str
    length: str
    begins_on: date
    figures: tuple[str, ...]
    name_hant: str = ""
    name_en: str = ""
    wait_days: int = 30
    threshold: int = FEWEST
    variance: Decimal = Decimal(2)


@transaction.atomic
def declare(*, by: Actor, at: datetime, draft: ProductDraft) -> Product:
    """Declare a product, and make the public twins of its figures.

    Refuses: not_allowed unless a planner asks; all that `checked` does; code_taken; released_elsewhere when another
    product already releases one of the figures for the same places and length; what `define_twin` does.
    """
    allow(by, Role.PLANNER)
    product, figures = checked(by=by, at=at, draft=draft)
    try:
        with transaction.atomic():
            product.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("code_taken", _("Another product bears this code.")) from error
    for figure in figures:
        indicator = _indicator(by, at, figure)
        _once(product, indicator)
        twin = facts.define_twin(by=by, at=at, indicator=indicator, told_as=figure.told_as)
        ProductFigure.objects.create(
            product=product, indicator=indicator, twin=twin, magnitude=figure.magnitude
        )
    return product


@transaction.atomic
def end(*, by: Actor, at: datetime, product: Product) -> Product:
    """End a product: no period is proposed any more. What was released stays.

    Refuses: not_allowed unless a planner asks; already_ended.
    """
    allow(by, Role.PLANNER)
    kept = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    if kept.ended_at is not None:
        raise Refused("already_ended", _("This product has ended already."))
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    return kept


def checked(*, by: Actor, at: datetime, draft: ProductDraft) -> tuple[Product, list[Figure]]:
    """Return a product as declared, unsaved, and its figures.

    Refuses: not_a_product when a field is missing or badly formed; unknown_area; too_small unless the places are
    counties or cities inside a larger one; unknown_figure for what cannot be released; no_figure; too_many;
    wrong_beginning when no period of the calendar begins that day.
    """
    scope = Area.objects.filter(code=draft.scope).first()
    if scope is None:
        raise Refused("unknown_area", _("There is no such area."))
    if not _begins_well(draft):
        sentence = _(
            "A month begins on its first day, a quarter in January, April, July or October."
        )
        raise Refused("wrong_beginning", sentence)
    figures = _figures(draft.figures)
    product = Product(
        code=draft.code, name=draft.name, name_hant=draft.name_hant, name_en=draft.name_en, scope=scope,
        level=draft.level, length=draft.length, begins_on=draft.begins_on, wait_days=draft.wait_days,
        threshold=draft.threshold, variance=draft.variance, **signed(by, at),
    )  # fmt: skip
    try:
        product.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused("not_a_product", "; ".join(error.messages)) from error
    in_bounds = FEWEST <= draft.threshold <= 1000 and 1 <= draft.wait_days <= 400
    if not in_bounds or not _LEAST_VARIANCE <= draft.variance <= _MOST_VARIANCE:
        sentence = _("At least ten people, 1 to 400 days, and a variance between 0.5 and 4.")
        raise Refused("not_a_product", sentence)
    found = places(product, span(draft.begins_on, draft.length))
    if scope.level == draft.level or len(found) < 2:
        raise Refused("too_small", _("Inside this area there are no places of this size."))
    if len(found) > MOST_PLACES:
        raise Refused("too_many", _("These are more than 200 places. Choose a smaller area."))
    return product, figures


def _begins_well(draft: ProductDraft) -> bool:
    """Say whether the first period of a draft is one of the calendar."""
    known = {length for length, _words in Product.LENGTHS}
    in_time = 1990 <= draft.begins_on.year <= 2200
    return draft.length in known and in_time and begins(draft.begins_on, draft.length)


def _figures(codes: tuple[str, ...]) -> list[Figure]:
    known = releasable()
    if not codes:
        raise Refused("no_figure", _("Choose at least one figure."))
    if len(codes) > MOST_FIGURES:
        raise Refused("too_many", _("These are more than 20 figures."))
    if set(codes) - set(known):
        raise Refused("unknown_figure", _("No engine counts this figure record by record."))
    return [known[code] for code in dict.fromkeys(codes)]


def _indicator(by: Actor, at: datetime, figure: Figure) -> Indicator:
    """Return the indicator of a figure; one that was never counted is defined now, and stays inside."""
    if known := Indicator.objects.filter(code=figure.name).first():
        return known
    draft = facts.IndicatorDraft(
        code=figure.name, name=figure.title, name_hant=figure.title_hant, name_en=figure.title_en,
        unit=figure.unit, kind=figure.kind, definition=figure.definition,
        computed_by=figure.computed_by, adds_up=figure.adds_up, about_people=True, public=False,
    )  # fmt: skip
    return facts.define(by=by, at=at, draft=draft)


def _once(product: Product, indicator: Indicator) -> None:
    """Refuse a second table of the same people: two values of one cell are one too many."""
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    others = Product.objects.running().filter(figures__indicator=indicator, length=product.length)
    root = stem(product.scope_id)
    for other in others.exclude(pk=product.pk):
        theirs = stem(other.scope_id)
        if root.startswith(theirs) or theirs.startswith(root):
            sentence = _("The product “%(name)s” releases this figure for the same places already.")
            raise Refused("released_elsewhere", sentence % {"name": other.shown_name})
