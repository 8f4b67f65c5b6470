"""Whether a certificate holds: form, signature, dates, withdrawal. Pure: whoever checks asks nobody.

That it holds says who signed it, not that this signer is the city whose name it bears: its key must be
known from elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from linli.offers.rules import credential_faults, credentials, jcs, proofs, status_list

_FRAGMENT = "#"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to say about a certificate. `faults` are codes, none when it holds; `document` is what it says.

    Codes: unreadable, malformed (`wrong` names the properties), the codes of proofs.NotProven,
    issuer_unbound, not_yet, expired, withdrawn, status_wrong.
    """

    document: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    signer: str = ""  # did:key
    status: tuple[str, int] | None = None  # the list's address, the bit

    @property
    def holds(self) -> bool:
        """Whether nothing is at fault."""
        return not self.faults


def read(text: str) -> dict[str, Any]:
    """Return the credential in a file, in the address of a code, or packed. Raises ValueError for none."""
    text = text.strip()
    if len(text) > credentials.LONGEST:
        message = "too long"
        raise ValueError(message)
    said = text if text.startswith("{") else credentials.unpacked(text.rpartition(_FRAGMENT)[2])
    found = jcs.read(said)
    if not isinstance(found, dict):
        message = "no object"
        raise ValueError(message)
    return found


def check(text: str, at: datetime) -> Verdict:
    """Say what is to say about the certificate in this text, its withdrawal aside."""
    try:
        document = read(text)
    except ValueError:
        return Verdict(faults=("unreadable",))
    try:
        wrong = credential_faults.faults_of_badge(document)
    except RecursionError:
        return Verdict(faults=("unreadable",))
    if wrong:
        return Verdict(document, ("malformed",), tuple(wrong))
    try:
        method = proofs.signer_of(document)
    except proofs.NotProven as error:
        return Verdict(document, (error.code,))
    signer = method.partition("#")[0]
    faults = [*_issuer_faults(document, signer), *_date_faults(document, at)]
    return Verdict(document, tuple(faults), (), signer, _status(document))


def with_status(verdict: Verdict, listed: str, at: datetime) -> Verdict:
    """Say it again with the status list (a signed credential, as text) that the certificate names.

    A list of another signer, of another address or out of date proves nothing: status_wrong.
    """
    if not verdict.signer or verdict.status is None:
        return verdict
    url, position = verdict.status
    try:
        document = jcs.read(listed)
        signer = proofs.signer_of(document).partition("#")[0]
        subject = document["credentialSubject"]
        ours = (signer, document["id"], subject["statusPurpose"]) == (
            verdict.signer,
            url,
            "revocation",
        )
        withdrawn = status_list.is_set(subject["encodedList"], position)
    except (ValueError, KeyError, TypeError, AttributeError):
        return also(verdict, "status_wrong")
    if not ours or [*_date_faults(document, at)]:
        return also(verdict, "status_wrong")
    return also(verdict, "withdrawn") if withdrawn else verdict


def also(verdict: Verdict, fault: str) -> Verdict:
    """Return the verdict with one fault more."""
    return Verdict(
        verdict.document, (*verdict.faults, fault), verdict.wrong, verdict.signer, verdict.status
    )


def _issuer_faults(document: Mapping[str, Any], signer: str) -> list[str]:
    issuer = document["issuer"]
    named = issuer["id"] if isinstance(issuer, dict) else issuer
    return [] if named == signer else ["issuer_unbound"]


def _date_faults(document: Mapping[str, Any], at: datetime) -> list[str]:
    begins = credential_faults.read_moment(document.get("validFrom"))
    ends = credential_faults.read_moment(document.get("validUntil"))
    early = ["not_yet"] if begins and at < begins else []
    return [*early, "expired"] if ends and ends <= at else early


def _status(document: Mapping[str, Any]) -> tuple[str, int] | None:
    status = document.get("credentialStatus")
    if not isinstance(status, dict) or status.get("type") != "BitstringStatusListEntry":
        return None
    index = str(status.get("statusListIndex", ""))
    if not index.isascii() or not index.isdigit() or len(index) > 9:
        return None
    return str(status.get("statusListCredential", "")), int(index)
