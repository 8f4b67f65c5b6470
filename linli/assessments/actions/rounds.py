"""Schemes and their rounds, units that apply, and their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.actions.subjects import unit_subject
from linli.assessments.models import Candidacy, Category, Edition, Instrument, Round, Scheme, Step
from linli.assessments.rules import stages
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True)
class SchemeDraft:
    """What a scheme is: its levels as (key, name), low to high; the kinds of unit that it is for."""

    name: str
    unit: Unit
    area: Area
    levels: Sequence[tuple[str, str]]
    categories: Sequence[str]
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What a round is: weights by source, the last day of each stage, working days to object and to answer."""

    year: int
    edition: Edition
    weights: Mapping[str, int]
    days: Mapping[str, date]
    objection_days: int = 7
    reply_days: int = 10
    doubled: int = 10


@transaction.atomic
def begin_scheme(*, by: Actor, at: datetime, draft: SchemeDraft) -> Scheme:
    """Begin a recognition scheme.

    Refuses: not_allowed; not_own_unit; no_name; no_levels; no_categories.
    """
    own(by=by, at=at, unit=draft.unit)
    names = [name.strip() for name in draft.categories if name.strip()]
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if not draft.levels or len({key for key, _name in draft.levels}) < len(draft.levels):
        raise Refused("no_levels", _("Say which levels it names, each once."))
    if not names or len(set(names)) < len(names):
        raise Refused("no_categories", _("Say for which kinds of unit it is, each once."))
    scheme = Scheme.objects.create(
        code=new_code(),
        name=draft.name.strip(),
        purpose=draft.purpose.strip(),
        unit=draft.unit,
        area=draft.area,
        levels=[{"key": key, "name": name} for key, name in draft.levels],
        **signed(by, at),
    )
    Category.objects.bulk_create(
        Category(scheme=scheme, number=number, name=name) for number, name in enumerate(names, 1)
    )
    return scheme


@transaction.atomic
def plan_round(*, by: Actor, at: datetime, scheme: Scheme, draft: RoundDraft) -> Round:
    """Plan a round: nobody applies before it opens.

    Refuses: not_allowed; not_own_unit; scheme_closed; not_adopted; wrong_use; unknown_levels; no_weights;
    days_missing unless each stage has its last day; days_out_of_order; no_time.
    """
    own(by=by, at=at, unit=scheme.unit)
    if scheme.closed_on is not None:
        raise Refused("scheme_closed", _("This scheme is closed."), status=410)
    return Round.objects.create(
        code=new_code(), scheme=scheme, **_terms(scheme, draft), **signed(by, at)
    )


@transaction.atomic
def amend_round(
    *,
    by: Actor,
    at: datetime,
    round: Round,  # noqa: A002 - the field's own word
    draft: RoundDraft,
) -> Round:
    """Plan a round otherwise, before it opens.

    Refuses: not_allowed; not_own_unit; open; and what `plan_round` refuses of a draft.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    kept = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if kept.opened_at is not None:
        raise Refused("open", _("This round is open already."), status=409)
    for name, value in _terms(kept.scheme, draft).items():
        setattr(kept, name, value)
    kept.save()
    return kept


def _terms(scheme: Scheme, draft: RoundDraft) -> dict[str, Any]:
    """Return what a round holds, as its row keeps it."""
    if draft.edition.adopted_at is None:
        raise Refused("not_adopted", _("This edition is not adopted yet."))
    if draft.edition.instrument.use != Instrument.SCHEME:
        raise Refused("wrong_use", _("This instrument is for something else."))
    if {one.key for one in draft.edition.form.levels} - {one["key"] for one in scheme.levels}:
        raise Refused("unknown_levels", _("This edition names levels that the scheme does not."))
    weights = {
        source: draft.weights[source] for source in stages.SOURCES if draft.weights.get(source)
    }
    if not weights or any(weight < 0 or weight > 100 for weight in weights.values()):
        raise Refused("no_weights", _("Say how much each source counts, up to 100."))
    if min(draft.objection_days, draft.reply_days) < 1 or not 0 <= draft.doubled <= 100:
        raise Refused("no_time", _("Give at least one working day to object and to answer."))
    return {
        "year": draft.year,
        "edition": draft.edition,
        "weights": weights,
        "days": _days(draft, stages.stages_of(list(weights))),
        "objection_days": draft.objection_days,
        "reply_days": draft.reply_days,
        "doubled": draft.doubled,
    }


def _days(draft: RoundDraft, used: Sequence[str]) -> dict[str, str]:
    days = [draft.days.get(stage) for stage in used]
    if not all(days):
        raise Refused("days_missing", _("Each stage needs its last day."))
    if sorted(day for day in days if day) != days:
        raise Refused(
            "days_out_of_order", _("A stage does not end before the one that it follows.")
        )
    return {stage: day.isoformat() for stage, day in zip(used, days, strict=True) if day}


@transaction.atomic
def open_round(*, by: Actor, at: datetime, round: Round) -> Round:  # noqa: A002 - the field's own word
    """Open a round, in public: units may apply, and its terms stay as they are.

    Refuses: not_allowed; not_own_unit; open when it is open already.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    kept = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if kept.opened_at is not None:
        raise Refused("open", _("This round is open already."), status=409)
    kept.opened_at = at
    kept.save(update_fields=["opened_at"])
    return kept


@transaction.atomic
def close_round(*, by: Actor, at: datetime, round: Round) -> Round:  # noqa: A002 - the field's own word
    """Close a round that is decided: what was named stands, and nobody applies any more.

    Refuses: not_allowed; not_own_unit; not_open; under_way while something is to be decided of a candidate.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    kept = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if kept.opened_at is None or kept.closed_at is not None:
        raise Refused("not_open", _("This round is not open."), status=409)
    if kept.candidacies.filter(stage__in=stages.WAY).exists():
        raise Refused("under_way", _("Not everything is decided yet."), status=409)
    kept.closed_at = at
    kept.save(update_fields=["closed_at"])
    return kept


@transaction.atomic
def close_scheme(*, by: Actor, at: datetime, scheme: Scheme) -> Scheme:
    """Close a scheme: it gets no further round, and its honours stand.

    Refuses: not_allowed; not_own_unit; scheme_closed; under_way while a round is planned or open.
    """
    own(by=by, at=at, unit=scheme.unit)
    kept = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if kept.closed_on is not None:
        raise Refused("scheme_closed", _("This scheme is closed."), status=410)
    if kept.rounds.filter(closed_at=None).exists():
        raise Refused("under_way", _("One of its rounds is not over yet."), status=409)
    kept.closed_on = localdate(at)
    kept.save(update_fields=["closed_on"])
    return kept


@dataclass(frozen=True, slots=True)
class Application:
    """What a unit applies for."""

    category: Category
    level: str
    words: str = ""


@transaction.atomic
def apply(
    *,
    by: Actor,
    at: datetime,
    round: Round,  # noqa: A002 - the field's own word
    unit: Unit,
    wanted: Application,
) -> Candidacy:
    """Let a unit take part in a round.

    After the last day only who keeps the round lets a unit in.

    Refuses: not_allowed; not_own_unit; not_open; too_late; unknown_category; unknown_level; applied when it takes part
    already.
    """
    own(by=by, at=at, unit=unit)
    # Held, so that nobody applies while it closes.
    held = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if held.opened_at is None or held.closed_at is not None:
        raise Refused("not_open", _("Nobody can apply to this round now."))
    until = date.fromisoformat(held.days[stages.APPLY])
    if by.role == Role.OFFICER and by.unit != held.scheme.unit.name and localdate(at) > until:
        raise Refused("too_late", _("The last day to apply has passed."), status=410)
    if wanted.category.scheme_id != held.scheme_id:
        raise Refused("unknown_category", _("This scheme has no such kind of unit."))
    if wanted.level not in {one["key"] for one in held.scheme.levels}:
        raise Refused("unknown_level", _("This scheme has no such level."))
    subject = unit_subject(by=by, at=at, unit=unit)
    try:
        with transaction.atomic():
            made = Candidacy.objects.create(
                code=new_code(),
                round=held,
                subject=subject,
                category=wanted.category,
                level=wanted.level,
                words=wanted.words.strip(),
                stage_since=at,
                **signed(by, at),
            )
    except IntegrityError as error:
        raise Refused("applied", _("This unit takes part already."), status=409) from error
    Step.objects.create(candidacy=made, to=stages.APPLY, **signed(by, at))
    return made


@transaction.atomic
def step(*, by: Actor, at: datetime, candidacy: Candidacy, to: str, reason: str = "") -> Candidacy:
    """Take a candidacy to another stage. What must have been done before is asked by whoever calls this.

    Refuses: not_allowed; no_such_step; no_reason where one turns back or ends.
    """
    allow(by, Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)
    kept = Candidacy.objects.select_for_update(no_key=True).get(pk=candidacy.pk)
    if not stages.may_step(kept.stage, to):
        raise Refused("no_such_step", _("It cannot go there from where it stands."), status=409)
    ends = to in (*stages.OVER, stages.SITE, stages.SCORE) and kept.stage in (
        stages.NOTICE,
        stages.DECISION,
    )
    if (ends or to in stages.OVER) and not reason.strip():
        raise Refused("no_reason", _("Say why."))
    Step.objects.create(
        candidacy=kept, was=kept.stage, to=to, reason=reason.strip()[:500], **signed(by, at)
    )
    kept.stage, kept.stage_since = to, at
    kept.save(update_fields=["stage", "stage_since"])
    return kept
