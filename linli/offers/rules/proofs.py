"""Data Integrity proofs with eddsa-jcs-2022 (W3C): signed over the hash of the canonical JSON. Pure."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from linli.offers.rules.jcs import canonical
from linli.offers.rules.multikey import base58, read_base58, read_did_key

SUITE = "eddsa-jcs-2022"
Document = Mapping[str, Any]


class NotProven(ValueError):
    """The proof does not hold, or cannot be checked here. `code` says why: no_proof, unknown_suite,
    unknown_method, proof_malformed, context_changed or wrong_signature.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def proven(
    document: Document, *, sign: Callable[[bytes], bytes], method: str, created: str
) -> dict[str, Any]:
    """Return the document with its proof, made with the key that `method` names. `created` is RFC 3339 in UTC."""
    config = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        config["@context"] = document["@context"]
    value = base58(sign(signed_data(document, config)))
    return {**document, "proof": config | {"proofValue": value}}


def signed_data(document: Document, config: Document) -> bytes:
    """Return the 64 bytes that are signed: the hashes of the proof's own words and of the document."""
    return sha256(canonical(config)).digest() + sha256(canonical(document)).digest()


def signer_of(document: Document) -> str:
    """Return the verification method whose key signed this document. Raises NotProven.

    Only keys that say themselves (did:key) are known here: whoever checks asks nobody.
    """
    proof = _only_proof(document)
    key = _key(proof)
    value = _value(proof)
    config = {name: said for name, said in proof.items() if name != "proofValue"}
    unsigned = {name: said for name, said in document.items() if name != "proof"}
    if "@context" in proof:
        if _listed(document.get("@context"))[: len(_listed(proof["@context"]))] != _listed(
            proof["@context"]
        ):
            raise NotProven("context_changed")
        unsigned["@context"] = proof["@context"]
    try:
        data = signed_data(unsigned, config)
        Ed25519PublicKey.from_public_bytes(key).verify(value, data)
    except InvalidSignature:
        raise NotProven("wrong_signature") from None
    except ValueError:
        raise NotProven("proof_malformed") from None
    return str(proof["verificationMethod"])


def _only_proof(document: Document) -> Document:
    proofs = _listed(document.get("proof"))
    if not proofs or not all(isinstance(one, dict) for one in proofs):
        raise NotProven("no_proof")
    ours = [one for one in proofs if one.get("cryptosuite") == SUITE]
    # Of several proofs none is left unread: what a second one says, we could not answer for.
    if len(ours) != 1 or len(proofs) != 1 or ours[0].get("type") != "DataIntegrityProof":
        raise NotProven("unknown_suite")
    if ours[0].get("proofPurpose") != "assertionMethod":
        raise NotProven("proof_malformed")
    return dict(ours[0])


def _key(proof: Document) -> bytes:
    try:
        return read_did_key(str(proof.get("verificationMethod")))
    except ValueError:
        raise NotProven("unknown_method") from None


def _value(proof: Document) -> bytes:
    try:
        value = read_base58(str(proof.get("proofValue")))
    except ValueError:
        raise NotProven("proof_malformed") from None
    if len(value) != 64:
        raise NotProven("proof_malformed")
    return value


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
