"""Inspections of food premises: seldom something is wrong, and what is wrong is mostly put right in time."""

from datetime import timedelta
from typing import Final

from linli.assessments.actions import correcting
from linli.assessments.models import Edition
from linli.demo import inspected, people
from linli.demo.city.rhythm import Chance
from linli.demo.city.traced import keeper
from linli.demo.food import PLACES
from linli.demo.funds_books import morning
from linli.demo.units import Town
from linli.trace.models import Permit, Premises

_WRONG: Final = {"permit": 0.01, "cold": 0.05, "apart": 0.06, "label": 0.12, "waste": 0.1, "notice": 0.14}  # fmt: skip
_LEFT_ALONE: Final = [one.name for one in PLACES]  # the demo's own visits
_CLEAN: Final = (0, 2, 9, 40, 49)
_FOLLOWED: Final = timedelta(days=14)
_PUT_RIGHT: Final = 0.9


def visit_all(number: int, town: Town, chance: Chance) -> None:
    """Visit one of the place's premises, on a day on which it had its permit."""
    found = Permit.objects.filter(premises__area=town.code).order_by("pk")
    shops = found.exclude(premises__name__in=_LEFT_ALONE).exclude(premises__name__contains="屠宰")
    chosen, since = chance.random.choice(list(shops.values_list("premises", "valid_from")))
    day = max(chance.day(at_work=True, until=3), since + timedelta(days=3))
    premises = Premises.objects.select_related("area").get(pk=chosen)
    edition = Edition.objects.select_related("instrument").get(
        instrument__name=inspected.CHECKLIST, adopted_at__isnull=False
    )
    visited = inspected.planned(edition, premises, day, keeper(town))
    wrong: dict[str, object] = {key: "no" for key, share in _WRONG.items() if chance.often(share)}
    inspected.made(visited, day, wrong | {"clean": chance.of_weights(_CLEAN)})
    orders = inspected.told(visited, day)
    checked = morning(day + _FOLLOWED)
    if orders and checked.date() < chance.today:
        by = people.officer(keeper(town))
        for order in orders:
            met = chance.often(_PUT_RIGHT)
            seen = correcting.Seen(
                met=met, words="复查时已整改到位。" if met else "复查时仍未整改。"
            )
            correcting.check(by=by, at=checked, order=order, seen=seen)
