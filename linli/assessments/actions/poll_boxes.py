"""Papers: given to a unit, answered by hand, put into a box, and counted by two who do not see each other's count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.poll_slips import by_hand, count, may_be_given
from linli.assessments.models import Box, PollMatter
from linli.assessments.rules import polls as rules
from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_row_code
from linli.kernel.fields import seal, unseal
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Key
from linli.kernel.signed import signed


@transaction.atomic
def give_papers(
    *, by: Actor, at: datetime, matters: Iterable[PollMatter], unit: Unit, size: int
) -> list[Box]:
    """Give a unit so many papers about each matter, and a box for each.

    Refuses: not_allowed; wrong_number; not_open; about_themselves.
    """
    given = may_be_given(by=by, at=at, matters=matters, unit=unit, size=size)
    boxes = [
        Box.objects.create(code=new_row_code(), matter=one, unit=unit, size=size, **signed(by, at))
        for one in given
    ]
    PollMatter.objects.filter(pk__in=[one.pk for one in given]).update(allowed=F("allowed") + size)
    return boxes


@dataclass(frozen=True, slots=True)
class BoxCount:
    """What one person counted: so many papers, and one number an option."""

    papers: int
    counts: rules.Counts


@transaction.atomic
def count_box(*, by: Actor, at: datetime, box: Box, counted: BoxCount) -> Box:
    """Enter what one person counted in a box, whenever `at`. When a second one counts the same, it counts.

    When the two differ, both are forgotten, and both count anew.
    Refuses: not_allowed; not_own_unit; box_counted; not_open; too_many_papers for more than were given out;
    counts_do_not_fit when a question was answered more often than there are papers; counted_by_you.
    """
    by_hand(by=by, at=at, unit=box.unit)
    kept = Box.objects.select_for_update(no_key=True).get(pk=box.pk)
    key = _countable(kept, counted)
    said = rules.packed([counted.papers, *counted.counts])
    if not kept.first_by:
        kept.first_by = by.name
        seal(kept, key, first=said)
    elif kept.first_by == by.name:
        raise Refused("counted_by_you", _("The second count is another person's."), status=409)
    elif unseal(kept, key, "first") != said:
        kept.first, kept.first_by, kept.recounts = None, "", kept.recounts + 1
    else:
        kept.first, kept.second_by, kept.papers = None, by.name, counted.papers
        papers = counted.papers
        count(by=by, at=at, matter=kept.matter, more=counted.counts, answered=papers)
    kept.save(update_fields=["first", "first_by", "second_by", "papers", "recounts"])
    return kept


def _countable(kept: Box, counted: BoxCount) -> Key:
    """Return the key of the poll whose box this is, if the box may be counted so."""
    poll = kept.matter.poll
    if kept.papers is not None:
        raise Refused("box_counted", _("This box was counted already."), status=409)
    key = store().key(poll.tally_key) if poll.state == "open" else None
    if key is None:
        raise Refused("not_open", _("This poll does not run."), status=409)
    if counted.papers > kept.size:
        raise Refused("too_many_papers", _("More papers than were given out."))
    asked, options = poll.form, len(list(poll.form.options()))
    if len(counted.counts) != options or not rules.fits(asked, counted.counts, counted.papers):
        raise Refused(
            "counts_do_not_fit", _("A question was answered more often than there are papers.")
        )
    return key
