"""Courses for tests: people who came and reached something, and their certificates."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from linli.directory.models import Organization
from linli.kernel.actors import HOLDER
from linli.offers.actions import booking
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.actions.training import Order, order_training
from linli.offers.models import Booking
from tests.town import directory, offers

AFTER = timedelta(days=31)  # a session of tests is over by then, and what was left is still kept


class Taken(NamedTuple):
    """A booking as its holder has it: with the passphrase."""

    booking: Booking
    passphrase: str


def taken(session, *, at, size=1, contact=None):
    """Book as a holder does; tell the passphrase too."""
    made = booking.book(
        by=HOLDER, at=at, session=session, wanted=booking.Wanted(size=size, contact=contact)
    )
    return Taken(made.booking, made.passphrase)


def over(session, *taken_places):
    """Have all of these come, and the session end."""
    offers.attended(session, *(one.booking for one in taken_places))


def reached(one, kind="passed", *, at, people=1, **more):
    record_outcome(
        by=offers.officer(), at=at, booking=one.booking, result=Result(kind=kind, people=people, **more)
    )  # fmt: skip


def passed(*, at, size=1, people=1, kind="passed", **overrides):
    """Return the booking of somebody who has passed a course that is over."""
    session = offers.session(at=at, **overrides)
    one = taken(session, at=at, size=size)
    over(session, one)
    reached(one, kind, at=at + AFTER, people=people)
    return Taken(Booking.objects.get(pk=one.booking.pk), one.passphrase)


def employer(name="嘉峪关市雄关餐饮有限公司", *, at):
    given = {"area": directory.area(), "last_modified": at}
    return Organization.objects.get_or_create(name=name, defaults=given)[0]


def ordered(offer, name="嘉峪关市雄关餐饮有限公司", *, at, places=35):
    order = Order(organization=employer(name, at=at), places=places, role="拉面师")
    return order_training(by=offers.officer(), at=at, offer=offer, order=order)


def whole_database():
    """Return every value of every table, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()
                    for one in row
                ]
    return b"\n".join(found)
