"""Who is named at a level is counted as an indicator: the register proves what reports claim of it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Scheme
from linli.facts.models import Indicator
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused


@transaction.atomic
def count_levels(
    *, by: Actor, at: datetime, scheme: Scheme, counts: Mapping[str, Indicator | None]
) -> Scheme:
    """Count the units that stand at each of these levels as an indicator, whatever `at`; as none, no more.

    Refuses: not_allowed; not_own_unit; unknown_level; not_a_count for an indicator of something else than a number
    of things, or of people.
    """
    own(by=by, at=at, unit=scheme.unit)
    kept = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if not set(counts) <= {one["key"] for one in kept.levels}:
        raise Refused("unknown_level", _("This scheme has no such level."))
    if any(one and (one.kind != "count" or one.about_people) for one in counts.values()):
        raise Refused("not_a_count", _("Units are counted as a number of things, never of people."))
    kept.levels = [
        one | {"indicator": named.code if (named := counts[one["key"]]) else ""}
        if one["key"] in counts
        else one
        for one in kept.levels
    ]
    kept.save(update_fields=["levels"])
    return kept
