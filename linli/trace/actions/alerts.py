"""Alerts to the units that supervise: raised once, settled with words, or when their cause is gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.trace.actions.keeping import own
from linli.trace.models import Alert


@dataclass(frozen=True, slots=True)
class AlertDraft:
    """What a unit must know: `about` says it once for ever; `said`: what its words name; `path`: where to go."""

    unit: Unit
    kind: str
    about: str
    path: str
    said: Mapping[str, str | int] = field(default_factory=dict)


def raise_alert(*, by: Actor, at: datetime, draft: AlertDraft) -> Alert:
    """Raise an alert; one that was raised before stays as it is.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    alert, _made = Alert.objects.get_or_create(
        about=draft.about,
        defaults={
            "code": new_code(),
            "unit": draft.unit,
            "kind": draft.kind,
            "path": draft.path,
            "said": dict(draft.said),
            "raised_at": at,
        },
    )
    return alert


@transaction.atomic
def settle_alert(*, by: Actor, at: datetime, alert: Alert, words: str) -> Alert:
    """Say what was done about an alert.

    Refuses: not_allowed; not_own_unit; no_words; settled already.
    """
    own(by=by, at=at, unit=alert.unit)
    kept = Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)
    if kept.settled_at is not None:
        raise Refused("settled", _("This is settled already."), status=409)
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    kept.settled_at, kept.settled_by, kept.words = at, by.name, words.strip()[:500]
    kept.save(update_fields=["settled_at", "settled_by", "words"])
    return kept
