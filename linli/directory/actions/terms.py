"""Take away a word that services are sorted by, once nothing hangs on it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.actions.deeds import Deed
from linli.directory.models import Change, TaxonomyTerm
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@transaction.atomic
def close_term(*, by: Actor, at: datetime, term: TaxonomyTerm) -> None:
    """Sort by a word no longer; the history keeps that it was.

    Refuses: not_allowed unless a planner asks; still_sorts while a service that is offered or paused is
    sorted by it; still_above while narrower words hang on it.
    """
    allow(by, Role.PLANNER)
    term = TaxonomyTerm.objects.select_for_update().get(pk=term.pk)
    if term.services.exclude(status="defunct").exists():
        raise Refused(
            "still_sorts", _("Services are sorted by this word: sort them by another first.")
        )
    if term.children.exists():
        raise Refused(
            "still_above", _("Narrower words hang on this one: hang them elsewhere first.")
        )
    above = f"{term.parent.taxonomy}/{term.parent.code}" if term.parent else ""
    was = {
        "taxonomy": term.taxonomy, "code": term.code, "name": term.name,
        "description": term.description, "above": above,
    }  # fmt: skip
    note = {"kind": "term", "thing": term.uuid, "verb": "dropped", "was": was}
    TaxonomyTerm.objects.filter(pk=term.pk).delete()
    Change.objects.create(**note, becomes=dict.fromkeys(was), **signed(by, at))
    Deed(by, at).renew()
