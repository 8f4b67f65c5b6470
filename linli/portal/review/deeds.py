"""What the buttons of a review mean. One: `one=verb:item[:code]`; many: `verb` and `item`, or `shown`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.flows import reading_to_ledger as flow
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.portal.review.shown import Shown
from linli.reports import actions
from linli.reports.models import Report
from linli.reports.queries.review import review_of

UNDO, LAST = "undo", "undo_last"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: to which items, and how many of those asked for were left as they were."""

    items: tuple[str, ...]
    left: int = 0


def act(
    posted: QueryDict, *, by: Actor, at: datetime, report: Report, given: Mapping[str, Any]
) -> Done:
    """Do what was asked. Refuses nothing_chosen, lacks_something, and what the actions refuse."""
    if one := posted.get("one"):
        verb, item, code, *_more = (*one.split(":"), "", "")
        return _one(verb, item, code, by=by, at=at, report=report, given=given)
    if shown := posted.get("shown"):
        return _shown(shown, by=by, at=at, report=report, given=given)
    items = tuple(dict.fromkeys(posted.getlist("item")))
    if not items:
        raise Refused("nothing_chosen", _("Choose at least one item."))
    return _many(posted.get("verb") or "", items, by=by, at=at, report=report, given=given)


def _one(verb: str, item: str, code: str, **rest: Any) -> Done:
    given = rest.pop("given")
    if verb == LAST:
        items = tuple(sorted(review_of(rest["report"]).last_act))
        if not items:
            raise Refused("nothing_to_undo", _("There is no decision here to undo."))
        actions.undo(items=items, **rest)
        return Done(items)
    if verb == "merge":
        flow.merge(into={item: code}, **rest)
        return Done((item,))
    done = _many(verb, (item,), given=given, **rest)
    if done.left:
        raise Refused("lacks_something", _("This item lacks something: correct it first."))
    return done


def _many(verb: str, items: tuple[str, ...], **rest: Any) -> Done:
    given = rest.pop("given")
    if verb == UNDO:
        actions.undo(items=items, **rest)
        return Done(items)
    if verb == "accept":
        done = flow.accept(items=items, period=given.get("period", ""), **rest)
        return Done(done, len(items) - len(done))
    actions.decide(items={item: actions.Choice(verb) for item in items}, **rest)
    return Done(items)


def _shown(verb: str, **rest: Any) -> Done:
    """Decide about all open items that the filters show; accept only what is suggested so."""
    found = Shown.of(rest["report"], rest["given"])
    items = tuple(one.item.id for one in found.items if one.state == "open")
    if verb == "accept":
        wanted = tuple(i for i in items if found.suggestions[i].advice == "accept")
        if not wanted:
            raise Refused("nothing_chosen", _("Nothing shown here is suggested to be accepted."))
        done = _many(verb, wanted, **rest)
        return Done(done.items, len(items) - len(done.items))
    if not items:
        raise Refused("nothing_chosen", _("Choose at least one item."))
    return _many(verb, items, **rest)
