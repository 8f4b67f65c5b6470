"""The published vectors: W3C Data Integrity, W3C Verifiable Credentials 2.0, Open Badges 3.0."""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from linli.offers.rules import checking
from linli.offers.rules.credential_faults import (
    faults_of_badge,
    faults_of_credential,
    faults_of_presentation,
)
from linli.offers.rules.jcs import canonical
from linli.offers.rules.multikey import base58, did_key, method_of, read_base58, read_did_key
from linli.offers.rules.proofs import NotProven, signed_data, signer_of

AT = datetime(2026, 9, 1, tzinfo=UTC)
KEY = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
BADGES_THAT_STAND = {
    "simple.json", "simple-context-alias.json", "simple-context-version.json",
    "simple-did-key-method.json", "simple-did-web-method.json", "simple-multiple-proofs.json",
    "derivedcredential.json", "complete.json", "credential-status-revoked.json",
    "credential-status-revoked-blank-nodes.json",
}  # fmt: skip
# Their form is right: what is wrong is the proof, or the date.
BADGES_WRONG_OTHERWISE = {
    "simple-err-proof-method.json", "simple-err-proof-value.json", "simple-err-proof-method-no-scheme.json",
    "simple-err-proof-method-unknown-scheme.json", "simple-err-proof-method-unknown-did-method.json",
    "simple-err-expired.json",
}  # fmt: skip


@pytest.fixture(scope="module")
def vectors(shared):
    folder = shared / "conformance/vc-openbadges"
    if not folder.is_dir():
        pytest.skip("the vectors of Verifiable Credentials and Open Badges are not here")
    return folder


def _signed(vectors):
    return json.loads(
        (vectors / "vc-di-eddsa/TestVectors/eddsa-jcs-2022/signedJCS.json").read_text()
    )


def test_proof_of_the_jcs_vector_is_computed_step_by_step(vectors):
    folder = vectors / "vc-di-eddsa/TestVectors"
    told = {
        path.stem: path.read_text().strip() for path in (folder / "eddsa-jcs-2022").glob("*.txt")
    }
    document = json.loads((folder / "unsigned.json").read_text())
    config = json.loads((folder / "eddsa-jcs-2022/proofConfigJCS.json").read_text())
    assert canonical(document).decode() == told["canonDocJCS"]
    assert sha256(canonical(document)).hexdigest() == told["docHashJCS"]
    assert canonical(config).decode() == told["proofCanonJCS"]
    assert sha256(canonical(config)).hexdigest() == told["proofHashJCS"]
    assert signed_data(document, config).hex() == told["combinedHashJCS"]
    assert read_base58(told["sigBTC58JCS"]).hex() == told["sigHexJCS"]
    assert base58(bytes.fromhex(told["sigHexJCS"])) == told["sigBTC58JCS"]


def test_signer_of_the_jcs_vector_is_its_key(vectors):
    assert signer_of(_signed(vectors)) == method_of(KEY)
    assert did_key(read_did_key(KEY)) == KEY


@pytest.mark.parametrize(
    ("path", "said", "code"),
    [
        (("name",), "Another Credential", "wrong_signature"),
        (("credentialSubject", "alumniOf"), "Another School", "wrong_signature"),
        (("proof", "created"), "2023-02-24T23:36:39Z", "wrong_signature"),
        (("proof", "proofPurpose"), "authentication", "proof_malformed"),
        (("proof", "proofValue"), "z1", "proof_malformed"),
        (("proof", "proofValue"), "u1", "proof_malformed"),
        (("proof", "cryptosuite"), "eddsa-rdfc-2022", "unknown_suite"),
        (("proof", "verificationMethod"), "https://vc.example/issuers/5678#key", "unknown_method"),
        (("proof", "verificationMethod"), did_key(bytes(32)), "wrong_signature"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2"], "context_changed"),
        (("proof",), None, "no_proof"),
    ],
)  # fmt: skip
def test_signer_of_a_tampered_vector_is_refused(vectors, path, said, code):
    document = _signed(vectors)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = said
    with pytest.raises(NotProven) as refused:
        signer_of(document)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("suite", "ending"), [("eddsa-rdfc-2022", "DataInt"), ("Ed25519Signature2020", "EdSig")]
)
def test_signatures_of_the_other_suites_hold_over_their_published_canonical_forms(
    vectors, suite, ending
):
    """We do not canonicalize RDF: keys, encodings and hashes are the same, and these are checked."""
    folder = vectors / "vc-di-eddsa/TestVectors" / suite
    told = {path.stem.removesuffix(ending): path.read_text() for path in folder.glob("*.txt")}
    data = b"".join(sha256(told[one].encode()).digest() for one in ("proofCanon", "canonDoc"))
    assert data.hex() == told["combinedHash"].strip()
    signature = read_base58(told["sigBTC58"].strip())
    assert signature.hex() == told["sigHex"].strip()
    key = Ed25519PublicKey.from_public_bytes(read_did_key(KEY))
    key.verify(signature, data)
    with pytest.raises(InvalidSignature):
        key.verify(signature, data[:-1] + b"\0")


def test_proofs_of_other_suites_are_said_to_be_unknown(vectors):
    sets = [*(vectors / "vc-di-eddsa/TestVectors/proof-set-chain").glob("signed*.json")]
    assert len(sets) == 4
    for path in sets:
        with pytest.raises(NotProven) as refused:
            signer_of(json.loads(path.read_text()))
        assert refused.value.code == "unknown_suite", path.name


def _filled(path):
    """The W3C suite's inputs are templates: issuer and dates are filled in before they are asked."""
    text = path.read_text().replace("PAST DATE", "2020-01-01T00:00:00Z")
    document = json.loads(text.replace("FUTURE DATE", "2040-01-01T00:00:00Z"))
    if "presentation" not in path.name and "no-issuer" not in path.name:
        issuer = document.setdefault("issuer", "did:example:issuer")
        if isinstance(issuer, dict):
            issuer.setdefault("id", "did:example:issuer")
    return document


def _inputs(vectors):
    found = sorted((vectors / "vcdm2-test-input").rglob("*.json"))
    assert len(found) == 120
    return found


def test_credentials_of_the_w3c_suite_are_told_apart(vectors):
    wrong = []
    for path in _inputs(vectors):
        presented = path.name.startswith("presentation")
        faults = (faults_of_presentation if presented else faults_of_credential)(_filled(path))
        meant = re.search(r"-(ok|fail)(-or-inject)?\.json$", path.name)
        # The three self-asserted ones without an ending are well-formed; who may hold them, we do not judge.
        if bool(faults) != (meant is not None and meant.group(1) == "fail"):
            wrong.append((path.name, faults))
    assert wrong == []


def test_examples_of_the_w3c_schema_are_well_formed(vectors):
    found = sorted((vectors / "vcdm2-json-schema").rglob("example-*.json"))
    assert len(found) == 12
    for path in found:
        document = json.loads(path.read_text())
        presented = "verifiable-presentation" in path.parent.name
        faults = (faults_of_presentation if presented else faults_of_credential)(document)
        assert faults == [], path.name


def test_open_badges_are_told_apart(vectors):
    found = sorted((vectors / "ob30-1edtech").rglob("*.json"))
    stand = {path.name for path in found if not faults_of_badge(json.loads(path.read_text()))}
    assert stand == BADGES_THAT_STAND | BADGES_WRONG_OTHERWISE
    refused = {path.name for path in found if path.name.startswith("simple-err")} - stand
    assert len(refused) == 13


def test_no_open_badge_that_we_cannot_prove_is_said_to_hold(vectors):
    """All of these are signed over RDF, which we do not read: none may pass, right or wrong."""
    found = sorted((vectors / "ob30-1edtech").rglob("*.json"))
    codes = {path.name: checking.check(path.read_text(), AT).faults for path in found}
    assert all(codes.values())
    assert codes["simple.json"] == ("unknown_suite",)
    assert codes["derivedcredential.json"] == ("unknown_suite",)
    assert codes["simple_v1.json"] == ("malformed",)
