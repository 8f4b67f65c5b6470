"""Schemes and their rounds, units that apply, and their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
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

    Refuses: not_allowed; not_own_unit; not_adopted; wrong_use; no_weights; days_missing unless each stage has its
    last day; days_out_of_order.
    """
    own(by=by, at=at, unit=scheme.unit)
    if draft.edition.adopted_at is None:
        raise Refused("not_adopted", _("This edition is not adopted yet."))
    if draft.edition.instrument.use != Instrument.SCHEME:
        raise Refused("wrong_use", _("This instrument is for something else."))
    weights = {
        source: draft.weights[source] for source in stages.SOURCES if draft.weights.get(source)
    }
    if not weights or any(weight < 0 or weight > 100 for weight in weights.values()):
        raise Refused("no_weights", _("Say how much each source counts, up to 100."))
    used = stages.stages_of(list(weights))
    days = [draft.days.get(stage) for stage in used]
    if not all(days):
        raise Refused("days_missing", _("Each stage needs its last day."))
    if sorted(day for day in days if day) != days:
        raise Refused(
            "days_out_of_order", _("A stage does not end before the one that it follows.")
        )
    return Round.objects.create(
        code=new_code(),
        scheme=scheme,
        year=draft.year,
        edition=draft.edition,
        weights=weights,
        days={stage: day.isoformat() for stage, day in zip(used, days, strict=True) if day},
        objection_days=draft.objection_days,
        reply_days=draft.reply_days,
        doubled=draft.doubled,
        **signed(by, at),
    )


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

    Refuses: not_allowed; not_own_unit; not_open; unknown_category; unknown_level; applied when it takes part already.
    """
    own(by=by, at=at, unit=unit)
    if round.opened_at is None or round.closed_at is not None:
        raise Refused("not_open", _("Nobody can apply to this round now."))
    if wanted.category.scheme_id != round.scheme_id:
        raise Refused("unknown_category", _("This scheme has no such kind of unit."))
    if wanted.level not in {one["key"] for one in round.scheme.levels}:
        raise Refused("unknown_level", _("This scheme has no such level."))
    subject = unit_subject(by=by, at=at, unit=unit)
    try:
        with transaction.atomic():
            made = Candidacy.objects.create(
                code=new_code(),
                round=round,
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
    allow(by, Role.OFFICER, Role.PLANNER)
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
