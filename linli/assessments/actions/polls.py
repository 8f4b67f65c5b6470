"""Polls are drafted, opened, dropped, and their result is told once: then the key to the counts is destroyed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Poll, PollMatter, Round, Subject
from linli.assessments.queries import tallies
from linli.assessments.rules import polls as rules
from linli.assessments.rules.stages import OVER
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.codes import new_code, new_row_code
from linli.kernel.fields import seal
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

LONGEST_REASON = 240
_CALENDAR = system("calendar")
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class PollDraft:
    """What a poll is: about a round's candidates, a subject, or its own topic; the first language holds."""

    title: str
    unit: Unit
    until: date
    words: str = ""
    languages: tuple[str, ...] = ("zh-hans",)
    round: Round | None = None
    subject: Subject | None = None


@transaction.atomic
def draft_poll(*, by: Actor, at: datetime, draft: PollDraft) -> Poll:
    """Begin a poll; nobody sees it before it opens.

    Refuses: not_allowed; no_name; no_language; about_two when it is about a round and a subject.
    """
    allow(by, Role.PLANNER)
    if not draft.title.strip():
        raise Refused("no_name", _("Say its name."))
    if not draft.languages:
        raise Refused("no_language", _("Choose a language."))
    if draft.round and draft.subject:
        raise Refused("about_two", _("A poll is about one thing."))
    return Poll.objects.create(
        code=new_code(),
        title=draft.title.strip(),
        words=draft.words.strip(),
        unit=draft.unit,
        until=draft.until,
        round=draft.round,
        subject=draft.subject,
        document=rules.written(rules.PollForm(draft.languages)),
        **signed(by, at),
    )


@transaction.atomic
def open_poll(*, by: Actor, at: datetime, poll: Poll) -> Poll:
    """Open a poll: from now on what it asks and of whom stays as it is.

    Refuses: not_allowed; not_draft; poll_has_faults; day_passed when its last day is over; nobody_to_ask_about
    for a round in which nobody takes part.
    """
    allow(by, Role.PLANNER)
    kept = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if kept.state != "draft":
        raise Refused("not_draft", _("This poll is open already."), status=409)
    if rules.faults(kept.form):
        raise Refused("poll_has_faults", _("Something is missing in its questions."))
    if kept.until < localdate(at):
        raise Refused("day_passed", _("Its last day is over."))
    matters = _matters(kept)
    if not matters:
        raise Refused("nobody_to_ask_about", _("Nobody takes part in this round yet."))
    kept.tally_key, key = store().fresh(kept.until + timedelta(days=rules.POLL_DAYS))
    kept.opened_at = at
    kept.save(update_fields=["opened_at", "tally_key"])
    nothing = rules.packed([0 for _option in kept.form.options()])
    for matter in matters:
        seal(matter, key, tally=nothing)
    PollMatter.objects.bulk_create(matters)
    return kept


def _matters(poll: Poll) -> list[PollMatter]:
    if poll.round is None:
        return [PollMatter(code=new_row_code(), poll=poll, number=1, name=poll.title)]
    taking_part = poll.round.candidacies.exclude(stage__in=OVER).select_related("subject")
    return [
        PollMatter(
            code=new_row_code(), poll=poll, number=number, name=one.subject.name, candidacy=one
        )
        for number, one in enumerate(taking_part, 1)
    ]


@transaction.atomic
def release_poll(*, by: Actor, at: datetime, poll: Poll) -> Poll:
    """Tell the result, all at once, and destroy the key to the counts.

    Refuses: not_allowed; not_open; not_over before its last day has passed; boxes_open while papers wait to be
    counted, for thirty days at most.
    """
    allow(by, Role.PLANNER)
    kept = _running(poll)
    today = localdate(at)
    if today <= kept.until:
        raise Refused("not_over", _("It still runs: nothing is told before its last day has passed."))  # fmt: skip
    waits = kept.matters.filter(boxes__isnull=False, boxes__papers=None).exists()
    if waits and today <= kept.until + timedelta(days=rules.PAPERS_DAYS):
        raise Refused("boxes_open", _("Boxes of papers wait to be counted."), status=409)
    key = store().key(kept.tally_key)
    matters = list(PollMatter.objects.select_for_update(no_key=True).filter(poll=kept))
    for matter in matters:
        counts = tallies.opened(matter, key) if key else []
        matter.result = rules.told(kept.form, counts, matter.answered) if counts else None
        matter.tally = None
        matter.save(update_fields=["result", "tally"])
    kept.released_at = at
    kept.save(update_fields=["released_at"])
    transaction.on_commit(partial(_destroy_key, kept.pk, kept.tally_key))
    return kept


@transaction.atomic
def drop_poll(*, by: Actor, at: datetime, poll: Poll, reason: str) -> Poll:
    """Drop a poll: its counts are destroyed unread, its reason stays.

    Refuses: not_allowed; no_reason; not_open when it has ended.
    """
    allow(by, Role.PLANNER)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    kept = _running(poll, drafts=True)
    PollMatter.objects.filter(poll=kept).update(tally=None)
    kept.dropped_at, kept.drop_reason = at, reason.strip()[:LONGEST_REASON]
    kept.save(update_fields=["dropped_at", "drop_reason"])
    if kept.tally_key:
        transaction.on_commit(partial(_destroy_key, kept.pk, kept.tally_key))
    return kept


def end_polls(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Tell the results that are due, and forget what ended polls need no more; return how many polls ended.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    ended = 0
    for poll in Poll.objects.running().filter(until__lt=localdate(at)):
        try:
            release_poll(by=by, at=at, poll=poll)
        except Refused:
            continue  # boxes wait
        ended += 1
    over = Poll.objects.filter(released_at__isnull=False) | Poll.objects.exclude(dropped_at=None)
    for pk, key in over.exclude(tally_key="").values_list("pk", "tally_key"):
        _destroy_key(pk, key)  # whoever was stopped between the commit and the key store
    _forget_slips(list(over.values_list("pk", flat=True)))
    return ended


def _running(poll: Poll, *, drafts: bool = False) -> Poll:
    kept = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if kept.state != "open" and not (drafts and kept.state == "draft"):
        raise Refused("not_open", _("This poll does not run."), status=409)
    return kept


def _destroy_key(pk: int, key: str) -> None:
    # The key first: a row must never say that a key is gone which lives.
    store().destroy([key])
    Poll.objects.filter(pk=pk).update(tally_key="")


def _forget_slips(polls: list[int]) -> None:
    of_polls = tallies.slips_of(polls)
    while gone := list(of_polls.values_list("pk", flat=True)[:_AT_ONCE]):
        of_polls.filter(pk__in=gone).delete()
