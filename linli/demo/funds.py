"""The demo's money: every fund through the same actions as in earnest."""

from datetime import date

from django.db import transaction

from linli.demo import (
    funds_communities,
    funds_gifts,
    funds_maqu,
    funds_paired,
    funds_subsidy,
    funds_two_sides,
)


def fund(*, today: date) -> None:
    """Open the funds that are missing, with everything that happened to them."""
    with transaction.atomic():
        funds_subsidy.pay(today=today)
        funds_communities.support(today=today)
        funds_maqu.assist()
        funds_paired.assist()
        funds_two_sides.say()
        funds_gifts.collect(today=today)
