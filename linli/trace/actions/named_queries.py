"""Queries that somebody gives a name, and takes away again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.models import NamedQuery, Operator
from linli.trace.queries.event_scope import Scope, named_queries

MOST = 200  # of one business, or of one unit
_MAY = (Role.HOLDER, Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)


@transaction.atomic
def name_query(
    *,
    by: Actor,
    at: datetime,
    operator: Operator | None,
    name: str,
    parameters: Mapping[str, object],
) -> NamedQuery:
    """Keep a query under a name, for an operator's programs or, without one, for the staff of a unit.

    Refuses: not_allowed; query_named already by another; too_many_queries.
    """
    allow(by, *_MAY)
    if named_queries(Scope(by, operator)).count() >= MOST:
        raise Refused("too_many_queries", _("There are too many queries with names."), status=409)
    try:
        with transaction.atomic():
            return NamedQuery.objects.create(
                operator=operator,
                name=name,
                parameters=dict(parameters),
                **signed(by, at),
            )
    except IntegrityError as error:
        raise Refused("query_named", _("There is a query of this name."), status=409) from error


@transaction.atomic
def remove_query(*, by: Actor, at: datetime, operator: Operator | None, name: str) -> None:
    """Take a query of an operator, or of a unit, away, whatever `at`.

    Refuses: not_allowed; no_query of this name.
    """
    allow(by, *_MAY)
    if not named_queries(Scope(by, operator)).filter(name=name).delete()[0]:
        raise Refused("no_query", _("There is no query of this name."), status=404)
