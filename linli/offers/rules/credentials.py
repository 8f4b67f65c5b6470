"""The certificate of a course as an Open Badges 3.0 credential (a Verifiable Credential 2.0): what it says. Pure.

Of the person it says nothing, or the salted hash of a name that they typed: who reads it compares the
name on their paper, and learns none from the file.
"""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from linli.offers.rules.jcs import canonical

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
KINDS = {"completed": "CertificateOfCompletion", "passed": "Certificate"}  # the standard's words
LONGEST = 64_000  # characters of a credential that we read


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues: the did:key that says its key, the name and the address of the city."""

    did: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What was reached: `url` is the course's page, `kind` completed or passed."""

    url: str
    title: str
    description: str
    criteria: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the credential stands: its own address, the status list's, and its bit in that list."""

    url: str
    status_url: str
    position: int


def credential(
    *,
    issuer: Issuer,
    achievement: Achievement,
    place: Place,
    subject: Mapping[str, Any],
    at: datetime,
) -> dict[str, Any]:
    """Return the credential, not yet signed. `subject` is what says whose it is: see `bearer` and `named`."""
    return {
        "@context": list(CONTEXTS),
        "id": place.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url},
        "validFrom": moment(at),
        "name": achievement.title,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            **subject,
            "achievement": {
                "id": achievement.url,
                "type": ["Achievement"],
                "achievementType": KINDS[achievement.kind],
                "name": achievement.title,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
            },
        },
        "credentialStatus": _status(place),
    }


def _status(place: Place) -> dict[str, str]:
    return {
        "id": f"{place.status_url}#{place.position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.position),
        "statusListCredential": place.status_url,
    }


def status_credential(*, issuer: Issuer, url: str, encoded: str, at: datetime) -> dict[str, Any]:
    """Return the status list as a credential of its own, not yet signed."""
    return {
        "@context": [CONTEXTS[0]],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def bearer(number: str) -> dict[str, Any]:
    """Say of whose it is nothing but a number made for this one credential."""
    return {"id": f"urn:uuid:{number}"}


def named(name: str, salt: str) -> dict[str, Any]:
    """Say whose it is by the salted hash of a name."""
    return {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": _hash(name, salt),
                "identityType": "name",
                "salt": salt,
            }
        ]
    }


def is_of(document: Mapping[str, Any], name: str) -> bool:
    """Say whether this is the name whose hash the credential holds."""
    subject = document.get("credentialSubject")
    found = subject.get("identifier") if isinstance(subject, dict) else None
    told = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return any(one.get("identityHash") == _hash(name, str(one.get("salt", ""))) for one in told)


def _hash(name: str, salt: str) -> str:
    said = " ".join(normalize("NFC", name).split())
    return "sha256$" + sha256((said + salt).encode()).hexdigest()


def compact(document: Mapping[str, Any]) -> str:
    """Return the credential as it fits behind the # of an address: its canonical form, deflated, base64url."""
    packed = zlib.compress(canonical(document), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """Return the JSON that `compact` packed. Raises ValueError for anything else."""
    packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, LONGEST)
    except zlib.error as error:
        message = "not packed"
        raise ValueError(message) from error
    if unpacking.unconsumed_tail or not unpacking.eof:
        message = "too long, or cut off"
        raise ValueError(message)
    return found


def digest(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the credential as it was handed out, in hex."""
    return sha256(canonical(document)).hexdigest()


def moment(at: datetime) -> str:
    """Write a moment as XML Schema does, in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
