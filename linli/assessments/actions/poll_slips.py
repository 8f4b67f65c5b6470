"""Slips are given to units, which print them and hand them out; one answer a slip.

A slip's code is known to whoever holds the slip. What is kept is its keyed hash, in an order that is not the one in
which slips were printed. Answering spends the slip and adds to the sealed counts in one transaction (decision 25).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Poll, PollMatter, Sheaf, Slip
from linli.assessments.queries import tallies
from linli.assessments.rules import polls as rules
from linli.directory.models import Unit
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.fields import seal
from linli.kernel.keystore import store
from linli.kernel.passphrases import new_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

HANDS = (Role.CLERK, Role.OFFICER)  # who hands out slips and enters papers
MOST_AT_ONCE = 500


@transaction.atomic
def give_slips(
    *, by: Actor, at: datetime, matters: Iterable[PollMatter], unit: Unit, size: int
) -> list[Sheaf]:
    """Let a unit hand out so many slips about each matter.

    Refuses: not_allowed; wrong_number; not_open; about_themselves when the unit itself is asked about.
    """
    given = may_be_given(by=by, at=at, matters=matters, unit=unit, size=size)
    return [
        Sheaf.objects.create(matter=one, unit=unit, size=size, **signed(by, at)) for one in given
    ]


def may_be_given(
    *, by: Actor, at: datetime, matters: Iterable[PollMatter], unit: Unit, size: int
) -> tuple[PollMatter, ...]:
    """Return the matters about which slips or papers may go to a unit, whenever `at`.

    Refuses: not_allowed; wrong_number; not_open; about_themselves.
    """
    allow(by, Role.PLANNER)
    if not 1 <= size <= Sheaf.MOST:
        raise Refused("wrong_number", _("Say a number from 1 to 20000."))
    given = tuple(matters)
    for one in given:
        if one.poll.state != "open":
            raise Refused("not_open", _("This poll does not run."), status=409)
        if one.candidacy is not None and one.candidacy.subject.unit_id == unit.pk:
            raise Refused("about_themselves", _("Nobody hands out slips about themselves."))
    return given


@transaction.atomic
def make_slips(*, by: Actor, at: datetime, sheaf: Sheaf, count: int) -> list[str]:
    """Return the codes of new slips, to print and hand out now: they are shown this once.

    Refuses: not_allowed; not_own_unit; poll_over; wrong_number for more than 500 at once; no_slips_left.
    """
    by_hand(by=by, at=at, unit=sheaf.unit)
    kept = Sheaf.objects.select_for_update(no_key=True).get(pk=sheaf.pk)
    _still_open(kept.matter.poll, at)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused("wrong_number", _("Say a number from 1 to 500."))
    if kept.made + count > kept.size:
        raise Refused("no_slips_left", _("So many slips are not left."))
    codes = [new_passphrase() for _number in range(count)]
    digests = sorted(filter(None, map(tallies.digest_of, codes)))
    Slip.objects.bulk_create((Slip(digest=one, sheaf=kept) for one in digests), batch_size=500)
    kept.made += count
    kept.save(update_fields=["made"])
    PollMatter.objects.filter(pk=kept.matter_id).update(allowed=F("allowed") + count)
    return codes


def by_hand(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let those of a unit go on who hand out its slips and enter its papers, whenever `at`.

    Refuses: not_allowed; not_own_unit.
    """
    allow(by, *HANDS)
    if by.role in HANDS and by.unit != unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)


@transaction.atomic
def answer(
    *, by: Actor = HOLDER, at: datetime, poll: Poll, code: str, chosen: rules.Chosen
) -> PollMatter:
    """Count one set of answers, and spend the slip that it came with.

    Refuses: not_allowed for staff; slip_unknown; slip_spent the second time; poll_over; no_answer where nothing is
    chosen, or what is not asked.
    """
    allow(by, Role.HOLDER)
    slip = tallies.slip_of(poll.pk, code)
    if slip is None:
        raise Refused("slip_unknown", _("This code is not of this poll. Look at it once more."), status=404)  # fmt: skip
    asked = slip.sheaf.matter.poll
    _still_open(asked, at)
    if not rules.is_answer(asked.form, chosen):
        raise Refused("no_answer", _("Choose at least one answer."))
    # Two at the same moment: the database lets one of them spend it.
    if not Slip.objects.filter(pk=slip.pk, spent=False).update(spent=True):
        raise Refused("slip_spent", _("This slip was used already. It counts once."), status=409)
    more = rules.ones(asked.form, chosen)
    return count(by=by, at=at, matter=slip.sheaf.matter, more=more, answered=1)


def count(
    *, by: Actor, at: datetime, matter: PollMatter, more: rules.Counts, answered: int
) -> PollMatter:
    """Add to the counts of a matter, in the caller's transaction, whenever `at`.

    Refuses: not_allowed; poll_over when its result is told.
    """
    allow(by, Role.HOLDER, *HANDS)
    kept = PollMatter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    key = store().key(matter.poll.tally_key) if kept.tally is not None else None
    if key is None:
        raise _over()
    counts = rules.added(tallies.opened(kept, key), more)
    seal(kept, key, tally=rules.packed(counts))
    kept.answered += answered
    kept.save(update_fields=["tally", "answered"])
    return kept


def _still_open(poll: Poll, at: datetime) -> None:
    if poll.state != "open" or localdate(at) > poll.until:
        raise _over()


def _over() -> Refused:
    return Refused("poll_over", _("This poll is over."), status=410)
