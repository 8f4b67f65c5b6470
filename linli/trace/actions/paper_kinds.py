"""Kinds of papers: what applications are asked for, and which certificates goods need. Data, not code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.validators import validate_slug
from django.db import transaction
from django.forms import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.models import PaperKind, Premises


@dataclass(frozen=True, slots=True)
class KindDraft:
    """What a kind of paper is: `use` of `PaperKind.USES`, `activities` that ask for it."""

    key: str
    name: str
    use: str
    activities: Sequence[str]
    needed: bool = True
    names: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def name_kind(*, by: Actor, at: datetime, draft: KindDraft) -> PaperKind:
    """Say of a kind of paper which activities ask for it.

    Refuses: not_allowed; no_name; wrong_key; key_taken; no_activity; unknown_use.
    """
    allow(by, Role.PLANNER)
    known = {key for key, _name in Premises.ACTIVITIES}
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if draft.use not in (PaperKind.APPLICATION, PaperKind.GOODS):
        raise Refused("unknown_use", _("Papers are for a permit or for goods."))
    if not draft.activities or not known.issuperset(draft.activities):
        raise Refused("no_activity", _("Say what is done here."))
    try:
        validate_slug(draft.key)
    except ValidationError:
        raise Refused("wrong_key", _("A key is of Latin letters, digits and hyphens.")) from None
    if PaperKind.objects.filter(key=draft.key).exists():
        raise Refused("key_taken", _("This key is taken."), status=409)
    return PaperKind.objects.create(
        key=draft.key,
        name=draft.name.strip(),
        names=dict(draft.names),
        use=draft.use,
        activities=sorted(set(draft.activities)),
        needed=draft.needed,
        **signed(by, at),
    )


@transaction.atomic
def end_kind(*, by: Actor, at: datetime, kind: PaperKind, on: date) -> None:
    """Ask for a kind of paper no more; a second time changes nothing, and what was handed in stays, whatever `at`.

    Refuses: not_allowed.
    """
    allow(by, Role.PLANNER)
    PaperKind.objects.filter(pk=kind.pk, ended_on=None).update(ended_on=on)
