"""Everything that is kept of a case, for the person whose it is: one plain structure, nothing left out."""

from base64 import b64encode
from contextlib import suppress
from datetime import datetime
from typing import Any

from linli.cases.models import Attachment, Case, Correction
from linli.cases.queries.following import grants_of
from linli.kernel.fields import unseal
from linli.kernel.looks import canonical, looks_of
from linli.kernel.models import BreakGlass, Message
from linli.kernel.sealed_files import open_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import key_of

_PLAIN = (
    "code", "kind", "channel", "state", "public", "asked_at", "first_due_at", "step_due_at",
    "unit_due_at", "due_at", "paused_at", "pauses", "moves", "bounces", "reopened", "urged", "level",
    "answered_at", "closed_at", "closed_how", "rating_offered", "news_at",
)  # fmt: skip
_CORRECTED = ("kind", "about", "corrected_on")
_SEALED = ("words", "wish", "place", "contact", "reply_language")


def all_of(case: Case, at: datetime) -> dict[str, Any]:
    """Return what is kept: the case, its story, clocks, files, leaves, looks and messages."""
    key = key_of(case.subject, at=at)
    return {
        "case": {name: getattr(case, name) for name in _PLAIN},
        "topic": case.topic.name,
        "unit": case.unit.name,
        "area": case.area.name,
        "location": case.location.name if case.location else None,
        "told_by": case.told_by.name if case.told_by else None,
        "leader": str(case.leader) if case.leader else None,
        "cause": case.cause.title if case.cause else None,
        "correction": Correction.objects.filter(case=case).values(*_CORRECTED).first(),
        "said": {name: unseal(case, key, name) for name in _SEALED},
        "kept_until": case.subject.purge_on,
        "steps": _steps(case, key),
        "clocks": list(case.clock_events.values("clock", "verb", "kind", "due_at", "at")),
        "hand_overs": list(
            case.hand_overs.values(
                "at", "from_unit__name", "to_unit__name", "kind", "fields", "state", "decided_at"
            )
        ),
        "joint_units": list(case.joint_units.values("unit__name", "at", "done_at")),
        "other_cities": list(
            case.referrals.values(
                "partner__name", "unit_name", "grant__fields", "state", "at", "answered_at", "envelope"
            )
        ),
        "files": [_file(one, key) for one in case.attachments.all()],
        "leaves": list(
            grants_of(case).values(
                "to_unit", "origin", "fields", "purpose", "given_how", "given_at", "expires_at",
                "revoked_at",
            )
        ),
        "looks": [canonical(one) for one in looks_of(case.subject)],
        "emergencies": [_glass(one, key) for one in BreakGlass.objects.filter(subject=case.subject)],
        "messages": [_message(one, key) for one in Message.objects.filter(subject=case.subject)],
    }  # fmt: skip


def _steps(case: Case, key: Key) -> list[dict[str, Any]]:
    """Return the story, with the units' notes: what is sealed under the person's key is theirs to read."""
    return [
        {
            "at": one.at,
            "verb": one.verb,
            "kind": one.kind,
            "unit": one.by_unit,
            "from_unit": one.from_unit,
            "to_unit": one.to_unit,
            "words": unseal(one, key, "words"),
            "on_the_page": one.shown,
        }
        for one in case.steps.all()
    ]


def _file(one: Attachment, key: Key) -> dict[str, Any]:
    data = None
    with suppress(FileNotFoundError):
        data = b64encode(open_sealed(key, one.code, one.digest)).decode()
    return {"code": one.code, "media_type": one.media_type, "at": one.at, "base64": data}


def _glass(one: BreakGlass, key: Key) -> dict[str, Any]:
    return {
        "asked_at": one.at,
        "unit": one.by_unit,
        "second_unit": one.second_unit,
        "reason": unseal(one, key, "reason"),
        "let_in_at": one.let_in_at,
        "refused_at": one.refused_at,
        "hours": one.hours,
    }


def _message(one: Message, key: Key) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "to": unseal(one, key, "to"),
        "words": unseal(one, key, "words"),
        "state": one.state,
        "created_at": one.created_at,
        "sent_at": one.sent_at,
    }
