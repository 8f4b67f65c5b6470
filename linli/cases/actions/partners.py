"""Keep the list of cities that cases go to and come from. A key counts once two people compared its fingerprint."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.models import Case, Partner, Received
from linli.kernel import city_key
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.models import Grant
from linli.kernel.note_keys import Kind, Malformed, VerifierKey, read_key
from linli.kernel.refusals import Refused

_AT_HOME = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """What another city told: its name, its address, its key, and by telephone the key's fingerprint."""

    name: str
    origin: str
    key: str
    fingerprint: str


@transaction.atomic
def add_partner(*, by: Actor, at: datetime, draft: PartnerDraft) -> Partner:
    """Exchange cases with another city from now on.

    Refuses: not_allowed unless a planner does; no_name; origin_wrong unless it is an https address alone;
    key_wrong; key_taken for a key of another city on the list; fingerprint_differs; partner_taken when name
    or address are on the list already.
    """
    allow(by, Role.PLANNER)
    if not (name := draft.name.strip()):
        raise Refused("no_name", _("Say which city it is."))
    origin, key = _origin(draft.origin), _key(draft.key)
    told = "".join(sign for sign in draft.fingerprint if sign.isdigit())
    if told != city_key.fingerprint(key).replace(" ", ""):
        raise Refused(
            "fingerprint_differs",
            _(
                "The fingerprint that you were told is of another key. Ask the other city once more."
            ),
        )
    if Partner.objects.filter(key=str(key), ended_on=None).exists():
        raise Refused("key_taken", _("Another city on the list has this key."))
    given = {"key": str(key), "since_on": localdate(at), "ended_on": None}
    # A city that was on the list before, under this name and address, comes back with its new key.
    if Partner.objects.filter(name=name, origin=origin).exclude(ended_on=None).update(**given):
        return Partner.objects.get(name=name)
    for taken in (Partner.objects.filter(name=name), Partner.objects.filter(origin=origin)):
        if taken.exists():
            raise Refused("partner_taken", _("A city with this name or address is on the list."))
    return Partner.objects.create(name=name, origin=origin, **given)


@transaction.atomic
def end_partner(*, by: Actor, at: datetime, partner: Partner) -> Partner:
    """Exchange no more cases with a city: every leave to read there ends, and its cases end here.

    Refuses: not_allowed unless a planner does; partner_ended the second time.
    """
    allow(by, Role.PLANNER)
    kept = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if kept.ended_on is not None:
        raise Refused("partner_ended", _("We exchange no cases with this city."))
    kept.ended_on = localdate(at)
    kept.save(update_fields=["ended_on"])
    over = kept.referrals.filter(grant__revoked_at=None, grant__expires_at__gt=at)
    for referral in over.select_related("case", "grant"):
        Grant.objects.filter(pk=referral.grant_id, revoked_at=None).update(revoked_at=at)
        case: Case = referral.case
        if case.purged_at is None:
            steps.note(by=by, at=at, case=case, verb="grant_ended", to_unit=referral.grant.to_unit)
    kept.referrals.exclude(state__in=["declined", "done", "ended"]).update(state="ended")
    forget_received(by=by, at=at, codes=list(kept.received.values_list("code", flat=True)))
    return kept


@transaction.atomic
def forget_received(*, by: Actor, at: datetime, codes: list[str]) -> int:
    """Leave of cases that came from elsewhere only that there was something, and that it is over.

    Refuses: nothing; who calls has asked already.
    """
    waiting = Received.objects.filter(code__in=codes).exclude(state="over")
    return waiting.update(state="over", over_at=at, fields=[], envelope="")


def _origin(typed: str) -> str:
    wrong = Refused("origin_wrong", _("An address begins with https:// and ends with the host."))
    try:
        where = urlsplit(typed.strip().rstrip("/"))
        port = where.port
    except ValueError:
        raise wrong from None
    host = where.hostname or ""
    # Without encryption only to ourselves: a rehearsal on one machine.
    if where.scheme != "https" and not (where.scheme == "http" and host in _AT_HOME):
        raise wrong
    if not host or where.path or where.query or where.fragment or "@" in where.netloc:
        raise wrong
    bracketed = f"[{host}]" if ":" in host else host
    return f"{where.scheme}://{bracketed}" + (f":{port}" if port else "")


def _key(typed: str) -> VerifierKey:
    wrong = Refused("key_wrong", _("This is no key of a city: copy it whole, name and all."))
    try:
        key = read_key(typed)
    except Malformed:
        raise wrong from None
    if key.kind != Kind.NOTE or str(key) == str(city_key.signer().key):
        raise wrong
    return key
