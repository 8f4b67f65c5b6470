"""Settings of a server that gives places by what it read before: what the test of the crowd must catch."""

from linli.config.settings import *  # noqa: F403
from linli.config.settings import MIDDLEWARE as CAREFUL

MIDDLEWARE = [*CAREFUL, "tests.faults.careless_places.careless"]


def careless(handle):
    from linli.offers.actions import places
    from linli.offers.models import Session

    def give(*, by, at, session, door, size, waited=False):
        if session.taken + size > session.capacity:
            return False
        return Session.objects.filter(pk=session.pk).update(taken_web=session.taken + size) == 1

    places.give = give
    return handle
