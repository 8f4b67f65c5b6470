"""Methods of laboratories: a version is entered once, as data; what it decided stays decided by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.models import Method
from linli.trace.rules.laboratory.method_json import NotAMethod, read


@dataclass(frozen=True, slots=True)
class MethodDraft:
    """What a version of a method is; `body` as `rules.laboratory.method_json` reads it."""

    key: str
    version: str
    name: str
    body: Mapping[str, Any]
    standard: str = ""


@transaction.atomic
def enter_method(*, by: Actor, at: datetime, draft: MethodDraft) -> Method:
    """Enter a version of a method.

    Refuses: not_allowed; no_name; not_a_method when the rules do not hold for it; taken for a version that is there.
    """
    allow(by, Role.PLANNER)
    key, version, name = draft.key.strip(), draft.version.strip(), draft.name.strip()
    if not (key and version and name):
        raise Refused("no_name", _("Say its key, version and name."))
    try:
        read(key, version, draft.body)
    except NotAMethod as wrong:
        raise Refused("not_a_method", _("This is no method that could be used.")) from wrong
    if Method.objects.filter(key=key, version=version).exists():
        raise Refused("taken", _("This version is entered already."), status=409)
    return Method.objects.create(
        key=key,
        version=version,
        name=name,
        standard=draft.standard.strip(),
        body=dict(draft.body),
        **signed(by, at),
    )


@transaction.atomic
def end_method(*, by: Actor, at: datetime, method: Method, on: date) -> Method:
    """Say that a version is not used any more, whatever `at`; its results stand.

    Refuses: not_allowed; ended already.
    """
    allow(by, Role.PLANNER)
    kept = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    if kept.ended_on is not None:
        raise Refused("ended", _("This version is ended already."), status=409)
    kept.ended_on = on
    kept.save(update_fields=["ended_on"])
    return kept
