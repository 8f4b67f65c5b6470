"""What is wrong with the form of a credential, by Verifiable Credentials 2.0 and Open Badges 3.0. Pure.

Contexts are not fetched: a name that an unknown context may define is let pass, a name that nothing
could define is a fault.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from linli.offers.rules.credentials import CONTEXTS

Document = Mapping[str, Any]
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TYPED = (
    "credentialStatus",
    "credentialSchema",
    "evidence",
    "refreshService",
    "termsOfUse",
    "proof",
)
_WITH_ID = ("credentialSchema",)
_OURS = {"VerifiableCredential", "VerifiablePresentation", "EnvelopedVerifiableCredential"}
# What the objects of an open badge are, wherever they stand.
_BADGE = {
    "issuer": "Profile", "parentOrg": "Profile", "source": "Profile", "creator": "Profile",
    "credentialSubject": "AchievementSubject", "achievement": "Achievement", "result": "Result",
    "resultDescription": "ResultDescription", "evidence": "Evidence", "alignment": "Alignment",
    "identifier": "IdentityObject", "otherIdentifier": "IdentifierEntry",
}  # fmt: skip
_APART = {"@context", "endorsement"}  # an endorsement is a credential of its own
_OPEN_BADGE = {"OpenBadgeCredential", "AchievementCredential"}


def faults_of_credential(document: object) -> list[str]:
    """Return the properties at fault, none when it is a well-formed credential."""
    if not isinstance(document, dict):
        return ["credential"]
    return [*dict.fromkeys(_faults(document))]


def faults_of_badge(document: object) -> list[str]:
    """Return the properties at fault, of the credential and of the open badge in it."""
    if not isinstance(document, dict):
        return ["credential"]
    found = [*_faults(document)]
    context = _listed(document.get("@context"))
    if not any(isinstance(one, str) and "/spec/ob/v3p0/context" in one for one in context):
        found.append("@context")
    if not _OPEN_BADGE & set(_names(document.get("type"))):
        found.append("type")
    for subject in _listed(document.get("credentialSubject")):
        if not isinstance(subject, dict) or not isinstance(subject.get("achievement"), dict):
            found.append("achievement")
        elif not (subject.get("id") or subject.get("identifier")):
            found.append("credentialSubject")
    return [*dict.fromkeys([*found, *_mistyped(document)])]


def faults_of_presentation(document: object) -> list[str]:
    """Return the properties at fault of a presentation, which holds credentials together."""
    if not isinstance(document, dict):
        return ["presentation"]
    found = [*_context_faults(document), *_type_faults(document, "VerifiablePresentation")]
    if "holder" in document and not _is_iri(_id_of(document["holder"])):
        found.append("holder")
    for one in _listed(document.get("verifiableCredential")):
        enveloped = isinstance(one, dict) and str(one.get("id", "")).startswith("data:")
        if not isinstance(one, dict) or not _names(one.get("type")):
            found.append("verifiableCredential")
        elif not enveloped:
            found += _faults(one)
    return [*dict.fromkeys(found)]


def read_moment(said: object) -> datetime | None:
    """Read an XML Schema dateTimeStamp; None for anything else."""
    if not isinstance(said, str) or not _MOMENT.fullmatch(said):
        return None
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _faults(document: Document) -> Iterator[str]:
    yield from _context_faults(document)
    yield from _type_faults(document, "VerifiableCredential")
    if "id" in document and not _is_iri(document["id"]):
        yield "id"
    if not _is_iri(_id_of(document.get("issuer"))):
        yield "issuer"
    yield from _subject_faults(document.get("credentialSubject"))
    yield from _moment_faults(document)
    yield from _object_faults(document)
    issuer = document.get("issuer")
    for holder in (document, issuer if isinstance(issuer, dict) else {}):
        yield from (
            name for name in ("name", "description") if not _is_worded(holder.get(name, ""))
        )


def _context_faults(document: Document) -> Iterator[str]:
    context = _listed(document.get("@context"))
    if not context or context[0] != CONTEXTS[0]:
        yield "@context"
    terms: dict[str, object] = {"VerifiableCredential": None, "VerifiablePresentation": None}
    for one in context[1:]:
        if isinstance(one, dict):
            told = {name: said for name, said in one.items() if not name.startswith("@")}
            if any(name in terms and terms[name] != said for name, said in told.items()):
                yield "@context"
            terms |= told if one.get("@protected") is True else {}
        elif not _is_iri(one):
            yield "@context"


def _type_faults(document: Document, wanted: str) -> Iterator[str]:
    context = _listed(document.get("@context"))[1:]
    elsewhere = any(isinstance(one, str) for one in context)
    inline = {name: said for one in context if isinstance(one, dict) for name, said in one.items()}
    names = _names(document.get("type"))
    known = {name for name in names if name in _OURS or _is_iri(name) or _is_iri(inline.get(name))}
    if wanted not in names or (set(names) - known and not elsewhere):
        yield "type"


def _subject_faults(subject: object) -> Iterator[str]:
    subjects = _listed(subject)
    for one in subjects:
        if not isinstance(one, dict) or not one or not _is_iri(one.get("id", "urn:none")):
            yield "credentialSubject"
    if not subjects:
        yield "credentialSubject"


def _moment_faults(document: Document) -> Iterator[str]:
    told = {
        name: read_moment(document[name])
        for name in ("validFrom", "validUntil")
        if name in document
    }
    yield from (name for name, at in told.items() if at is None)
    begins, ends = told.get("validFrom"), told.get("validUntil")
    if begins and ends and ends < begins:
        yield "validUntil"


def _object_faults(document: Document) -> Iterator[str]:
    for name in _TYPED:
        for one in _listed(document.get(name)):
            wanted = "" if name in _WITH_ID else "urn:none"
            typed = isinstance(one, dict) and _names(one.get("type"))
            if not typed or not _is_iri(one.get("id", wanted)):
                yield name


def _mistyped(document: Document) -> Iterator[str]:
    """Yield the names of objects that are not what the badge's standard says they are."""
    for name, said in document.items():
        for one in _listed(said):
            if isinstance(one, dict) and name not in _APART:
                if name in _BADGE and _BADGE[name] not in _names(one.get("type")):
                    yield name
                yield from _mistyped(one)


def _is_worded(said: object) -> bool:
    allowed = {"@value", "@language", "@direction"}
    return all(
        isinstance(one, str) or (isinstance(one, dict) and set(one) <= allowed)
        for one in _listed(said)
    )


def _is_iri(said: object) -> bool:
    return isinstance(said, str) and _IRI.fullmatch(said) is not None


def _id_of(said: object) -> object:
    return said.get("id") if isinstance(said, dict) else said


def _names(said: object) -> list[str]:
    names = _listed(said)
    return names if all(isinstance(one, str) for one in names) else []


def _listed(said: object) -> list[Any]:
    if said is None:
        return []
    return list(said) if isinstance(said, list) else [said]
