"""Certificates of what goes into goods: entered by the operator, checked by an officer, struck with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import files
from linli.kernel.actors import Actor, Role
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.uploads import Rebuilt
from linli.trace.actions.keeping import own, speak_for
from linli.trace.models import Certificate, Operator, PaperKind


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """What stands on a certificate: `supplier` it was given to, `goods` it is for, `paper` as it was photographed."""

    kind: PaperKind
    number: str
    issuer: str
    supplier: str
    goods: str
    valid_from: date
    valid_until: date
    paper: Rebuilt | None = None


@transaction.atomic
def enter_certificate(
    *, by: Actor, at: datetime, operator: Operator, draft: CertificateDraft
) -> Certificate:
    """Enter a certificate of a supplier; it counts once an officer has checked it.

    Refuses: not_allowed; not_own_unit; other_operator; not_asked; incomplete; wrong_days; entered_already.
    """
    speak_for(by=by, at=at, operator=operator)
    Operator.objects.select_for_update(no_key=True).get(pk=operator.pk)
    texts = {
        name: str(getattr(draft, name)).strip()
        for name in ("number", "issuer", "supplier", "goods")
    }
    if draft.kind.use != PaperKind.GOODS or draft.kind.ended_on is not None:
        raise Refused("not_asked", _("This paper is not asked for."))
    if not all(texts.values()):
        raise Refused("incomplete", _("Say number, issuer, supplier and goods."))
    if draft.valid_until < draft.valid_from:
        raise Refused("wrong_days", _("It ends before it begins."))
    same = {name: texts[name] for name in ("number", "issuer", "goods")}
    if operator.certificates.filter(kind=draft.kind, struck_at=None, **same).exists():
        raise Refused("entered_already", _("This certificate is entered already."), status=409)
    return Certificate.objects.create(
        code=new_code(),
        operator=operator,
        kind=draft.kind,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        digest=files.keep(draft.paper.data) if draft.paper else "",
        media_type=draft.paper.media_type if draft.paper else "",
        **texts,
        **signed(by, at),
    )


@transaction.atomic
def check_certificate(*, by: Actor, at: datetime, certificate: Certificate) -> Certificate:
    """Say that a certificate was checked with who issued it, and counts.

    Refuses: not_allowed; not_own_unit; checked already; struck.
    """
    kept = _locked(certificate)
    own(by=by, at=at, unit=kept.operator.unit)
    if kept.checked_at is not None:
        raise Refused("checked", _("This is checked already."), status=409)
    if kept.struck_at is not None:
        raise Refused("struck", _("This certificate is struck."), status=409)
    kept.checked_at, kept.checked_by = at, by.name
    kept.save(update_fields=["checked_at", "checked_by"])
    return kept


@transaction.atomic
def strike_certificate(
    *, by: Actor, at: datetime, certificate: Certificate, reason: str
) -> Certificate:
    """Strike a certificate: it is forged, or was entered wrongly. An operator, or a clerk for it, strikes what is
    not checked yet.

    Refuses: not_allowed; not_own_unit; other_operator; struck already; checked, for these; no_reason.
    """
    kept = _locked(certificate)
    for_itself = by.role in (Role.HOLDER, Role.CLERK)
    if for_itself:
        speak_for(by=by, at=at, operator=kept.operator)
    else:
        own(by=by, at=at, unit=kept.operator.unit)
    if kept.struck_at is not None:
        raise Refused("struck", _("This certificate is struck."), status=409)
    if for_itself and kept.checked_at is not None:
        raise Refused("checked", _("This is checked already."), status=409)
    if not reason.strip():
        raise Refused("no_reason", _("Give the reasons."))
    kept.struck_at, kept.struck_by, kept.struck_for = at, by.name, reason.strip()[:500]
    kept.save(update_fields=["struck_at", "struck_by", "struck_for"])
    return kept


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("operator__unit").get(pk=certificate.pk)
