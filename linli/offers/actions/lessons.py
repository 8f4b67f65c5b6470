"""The plan of a course: its lessons in their order, and which of them each meeting is about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.offers.actions import organizing
from linli.offers.models import Lesson, Offer, Session

MOST = 200  # lessons of one course
TAUGHT = (Offer.COURSE, Offer.GROUP)


class Planned(NamedTuple):
    """One lesson as it is planned: its title, and what is learnt."""

    title: str
    words: str = ""


@transaction.atomic
def plan_lessons(*, by: Actor, at: datetime, offer: Offer, plan: Sequence[Planned]) -> int:
    """Write the whole plan anew, in this order; return how many lessons it has.

    A meeting stays with the number of its lesson; with none when there are fewer now.
    Refuses: not_allowed; not_own_unit; not_taught unless it is a course or a group; no_title for a
    lesson without one; title_too_long; too_many lessons.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    if offer.kind not in TAUGHT:
        raise Refused("not_taught", _("Only courses and groups have lessons."))
    if len(plan) > MOST:
        raise Refused("too_many", _("These are too many lessons for one course."))
    if not all(one.title.strip() for one in plan):
        raise Refused("no_title", _("Give each lesson a title."))
    if any(len(one.title.strip()) > 120 for one in plan):
        raise Refused("title_too_long", _("The title of a lesson has 120 characters at most."))
    Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    for number, one in enumerate(plan, 1):
        said = {"title": one.title.strip(), "words": one.words.strip()}
        Lesson.objects.update_or_create(offer=offer, number=number, defaults=said)
    offer.lessons.filter(number__gt=len(plan)).delete()
    return len(plan)


@transaction.atomic
def teach(*, by: Actor, at: datetime, session: Session, lessons: Mapping[int, int]) -> int:
    """Say which lesson meetings are about, both by number, 0 for none; return how many changed.

    Refuses: not_allowed; not_own_unit; unknown_lesson that the plan does not have.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    known = {one.number: one for one in session.offer.lessons.all()}
    if not {number for number in lessons.values() if number} <= set(known):
        raise Refused("unknown_lesson", _("The plan has no such lesson."))
    changed = 0
    for meeting in session.meetings.select_for_update(no_key=True):
        wanted = known.get(lessons.get(meeting.number, 0))
        if meeting.number in lessons and meeting.lesson_id != (wanted.pk if wanted else None):
            meeting.lesson = wanted
            meeting.save(update_fields=["lesson"])
            changed += 1
    return changed
