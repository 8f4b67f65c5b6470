"""Certificates: made for who reached something, whole or not at all, withdrawn, checked by anybody."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction

from linli.kernel.actors import HOLDER, Role
from linli.kernel.refusals import Refused
from linli.offers.actions import certifying
from linli.offers.actions.forgetting import forget
from linli.offers.exchange.badges import write_badges
from linli.offers.management.commands.verify_badge import main as verify
from linli.offers.models import Booking, Certificate
from linli.offers.queries import certificates as known
from linli.offers.rules import checking, credentials, proofs, status_list
from linli.offers.rules.credential_faults import faults_of_badge
from linli.offers.rules.jcs import canonical
from linli.offers.rules.multikey import did_key, method_of
from tests.town import courses, offers
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NAME = "阿依古丽·买买提"


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def at(noon):
    return noon + courses.AFTER


def checked(document, at, listed=None):
    verdict = checking.check(json.dumps(document, ensure_ascii=False), at)
    return checking.with_status(verdict, json.dumps(listed), at) if listed else verdict


def forged(document, **changes):
    """Sign a changed document with another key that says it is the issuer's."""
    key = Ed25519PrivateKey.generate()
    did = did_key(key.public_key().public_bytes_raw())
    unsigned = {name: said for name, said in document.items() if name != "proof"} | changes
    return proofs.proven(
        unsigned, sign=key.sign, method=method_of(did), created="2026-12-01T00:00:00Z"
    ), did


class TestCertify:
    def test_makes_a_credential_that_holds_and_says_nothing_of_the_holder(self, noon, at):
        one = courses.passed(at=noon)

        issued = certifying.certify(at=at, booking=one.booking)

        document = issued.document
        assert faults_of_badge(document) == []
        assert checked(document, at).holds
        assert set(document["credentialSubject"]) == {"type", "id", "achievement"}
        assert document["credentialSubject"]["id"].startswith("urn:uuid:")
        assert document["credentialSubject"]["achievement"]["achievementType"] == "Certificate"
        assert document["issuer"]["name"] == offers.LABOUR
        assert one.booking.code not in canonical(document).decode()
        kept = Certificate.objects.get()
        assert kept.digest == credentials.digest(document)
        assert document["id"].endswith(f"/credentials/{kept.pk}")

    def test_puts_a_hash_of_the_name_that_was_typed(self, noon, at):
        one = courses.passed(at=noon)

        document = certifying.certify(at=at, booking=one.booking, named=f" {NAME} ").document

        assert NAME not in json.dumps(document, ensure_ascii=False)
        (identity,) = document["credentialSubject"]["identifier"]
        assert identity["hashed"] is True
        assert identity["identityType"] == "name"
        assert credentials.is_of(document, NAME)
        assert credentials.is_of(document, f"{NAME}  ")
        assert not credentials.is_of(document, "阿依古丽")
        assert not credentials.is_of({}, NAME)

    def test_salts_the_same_name_anew(self, noon, at):
        session = offers.session(at=noon)
        two = [courses.taken(session, at=noon) for _ in range(2)]
        courses.over(session, *two)
        for one in two:
            courses.reached(one, at=at)
        hashes = {
            certifying.certify(at=at, booking=one.booking, named=NAME).document[
                "credentialSubject"]["identifier"][0]["identityHash"]
            for one in two
        }  # fmt: skip
        assert len(hashes) == 2

    def test_keeps_the_name_nowhere(self, noon, at):
        one = courses.passed(at=noon)
        document = certifying.certify(at=at, booking=one.booking, named=NAME).document
        salt = document["credentialSubject"]["identifier"][0]["salt"]
        hashed = document["credentialSubject"]["identifier"][0]["identityHash"].split("$")[1]

        everything = courses.whole_database()
        assert NAME.encode() not in everything
        assert salt.encode() not in everything
        assert hashed.encode() not in everything
        # Control: what is kept of the certificate is found by the same look.
        assert Certificate.objects.get().digest.encode() in everything

    def test_says_completed_when_nothing_was_passed(self, noon, at):
        one = courses.passed(at=noon, kind="completed")
        document = certifying.certify(at=at, booking=one.booking).document
        achievement = document["credentialSubject"]["achievement"]
        assert achievement["achievementType"] == "CertificateOfCompletion"

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK, Role.PLANNER, Role.ADMINISTRATOR])
    def test_refuses_staff(self, noon, at, role):
        one = courses.passed(at=noon)
        with pytest.raises(Refused, match="not_allowed"):
            certifying.certify(by=actor(role, unit=offers.LABOUR), at=at, booking=one.booking)
        assert not Certificate.objects.exists()

    def test_refuses_who_reached_nothing(self, noon, at):
        session = offers.session(at=noon)
        one = courses.taken(session, at=noon)
        courses.over(session, one)
        with pytest.raises(Refused, match="not_reached"):
            certifying.certify(at=at, booking=one.booking)
        assert not Certificate.objects.exists()

    def test_refuses_once_the_outcome_was_corrected_to_nobody(self, noon, at):
        one = courses.passed(at=noon)
        courses.reached(one, at=at, people=0)
        with pytest.raises(Refused, match="not_reached"):
            certifying.certify(at=at, booking=one.booking)

    def test_refuses_what_only_came_later(self, noon, at):
        session = offers.session(at=noon)
        one = courses.taken(session, at=noon)
        courses.over(session, one)
        courses.reached(one, "employed", at=at, after_days=90)
        with pytest.raises(Refused, match="not_reached"):
            certifying.certify(at=at, booking=one.booking)

    def test_refuses_a_name_that_is_too_long(self, noon, at):
        one = courses.passed(at=noon)
        with pytest.raises(Refused, match="name_too_long"):
            certifying.certify(at=at, booking=one.booking, named="长" * 61)
        assert not Certificate.objects.exists()

    def test_refuses_after_it_was_deleted(self, noon, at):
        one = courses.passed(at=noon)
        forget(at=at, booking=one.booking)
        one.booking.subject.refresh_from_db()
        with pytest.raises(Refused, match="gone"):
            certifying.certify(at=at, booking=one.booking)

    def test_refuses_a_second_until_the_first_is_withdrawn(self, noon, at):
        one = courses.passed(at=noon)
        first = certifying.certify(at=at, booking=one.booking)
        with pytest.raises(Refused, match="certified"):
            certifying.certify(at=at, booking=one.booking)
        assert Certificate.objects.count() == 1

        certifying.withdraw(at=at, certificate=first.certificate)
        second = certifying.certify(at=at, booking=one.booking)

        listed = known.status_document(0, at)
        assert checked(first.document, at, listed).faults == ("withdrawn",)
        assert checked(second.document, at, listed).holds

    def test_makes_as_many_as_people_of_the_booking_reached_it(self, noon, at):
        one = courses.passed(at=noon, size=3, people=2)
        for _ in range(2):
            certifying.certify(at=at, booking=one.booking)
        with pytest.raises(Refused, match="certified"):
            certifying.certify(at=at, booking=one.booking)


@pytest.mark.django_db(transaction=True)
class TestFetchedAtOnce:
    def hurry(self, noon, at):
        one = courses.passed(at=noon)

        def fetch(_number):
            rows = Booking.objects.select_related("session__offer__unit", "subject")
            certifying.certify(at=at, booking=rows.get(pk=one.booking.pk))

        return at_once(3, fetch)

    def test_makes_one(self, noon, at):
        failures = self.hurry(noon, at)

        assert [failure.code for failure in failures] == ["certified", "certified"]
        assert Certificate.objects.count() == 1

    def test_control_makes_three_when_what_was_read_before_decides(self, noon, at, monkeypatch):
        monkeypatch.setattr(certifying, "_standing", lambda _booking: 0)

        assert self.hurry(noon, at) == []
        assert Certificate.objects.count() == 3


class TestWithdraw:
    def test_is_told_by_the_list_and_by_nothing_else(self, noon, at):
        one = courses.passed(at=noon)
        issued = certifying.certify(at=at, booking=one.booking)
        before = known.status_document(0, at)

        certifying.withdraw(
            by=offers.officer(), at=at, certificate=issued.certificate, why="考核成绩登记有误"
        )

        after = known.status_document(0, at)
        assert checked(issued.document, at, before).holds
        assert checked(issued.document, at, after).faults == ("withdrawn",)
        assert "考核" not in json.dumps(after, ensure_ascii=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.all().delete()

    def test_refuses_the_organizer_without_a_reason(self, noon, at):
        issued = certifying.certify(at=at, booking=courses.passed(at=noon).booking)
        with pytest.raises(Refused, match="no_reason"):
            certifying.withdraw(by=offers.officer(), at=at, certificate=issued.certificate, why=" ")
        assert Certificate.objects.get().revoked_at is None

    def test_refuses_another_unit(self, noon, at):
        issued = certifying.certify(at=at, booking=courses.passed(at=noon).booking)
        stranger = offers.officer(unit="嘉峪关市民政局")
        with pytest.raises(Refused, match="not_own_unit"):
            certifying.withdraw(by=stranger, at=at, certificate=issued.certificate, why="误")
        with pytest.raises(Refused, match="not_allowed"):
            certifying.withdraw(
                by=actor(Role.ADMINISTRATOR), at=at, certificate=issued.certificate, why="误"
            )
        assert Certificate.objects.get().revoked_at is None

    def test_changes_nothing_a_second_time(self, noon, at):
        issued = certifying.certify(at=at, booking=courses.passed(at=noon).booking)
        certifying.withdraw(by=HOLDER, at=at, certificate=issued.certificate)
        certifying.withdraw(
            by=offers.officer(), at=at + timedelta(days=1), certificate=issued.certificate, why="误"
        )
        assert Certificate.objects.get().revoked_at == at
        assert Certificate.objects.get().revoked_why == Certificate.BY_HOLDER


class TestCheck:
    @pytest.fixture
    def document(self, noon, at):
        one = courses.passed(at=noon)
        return certifying.certify(at=at, booking=one.booking, named=NAME).document

    def test_holds_as_it_is(self, document, at):
        verdict = checked(document, at)
        assert verdict.holds
        assert verdict.signer == document["issuer"]["id"]

    def test_reads_it_packed_and_from_the_square_code(self, document, at):
        packed = credentials.compact(document)
        for text in (packed, f"{document['id']}#{packed}", json.dumps(document, indent=2)):
            assert checking.check(text, at).document == document

    @pytest.mark.parametrize(
        "path",
        [
            ("name",), ("validFrom",), ("issuer", "name"), ("id",),
            ("credentialSubject", "achievement", "name"),
            ("credentialSubject", "achievement", "achievementType"),
            ("credentialSubject", "identifier", 0, "identityHash"),
            ("credentialStatus", "statusListIndex"), ("proof", "created"),
        ],
    )  # fmt: skip
    def test_fails_when_anything_in_it_was_changed(self, document, at, path):
        other = deepcopy(document)
        inner = other
        for name in path[:-1]:
            inner = inner[name]
        last = inner[path[-1]]
        inner[path[-1]] = (
            "2020-01-01T00:00:00Z" if last[:4].isdigit() and "T" in last else last + "1"
        )
        assert checked(other, at).faults == ("wrong_signature",)

    def test_fails_when_another_key_signed_for_our_name(self, document, at):
        false, _did = forged(document)
        assert checked(false, at).faults == ("issuer_unbound",)

    def test_names_the_other_issuer_when_it_is_their_own(self, document, at):
        key = Ed25519PrivateKey.generate()
        did = did_key(key.public_key().public_bytes_raw())
        unsigned = {name: said for name, said in document.items() if name != "proof"}
        unsigned["issuer"] = unsigned["issuer"] | {"id": did}
        own = proofs.proven(
            unsigned, sign=key.sign, method=method_of(did), created="2026-12-01T00:00:00Z"
        )
        verdict = checked(own, at)
        assert verdict.holds
        assert verdict.signer == did != known.issuer("").did

    def test_fails_before_its_day_and_after_its_end(self, document, at):
        assert checked(document, at - timedelta(days=1)).faults == ("not_yet",)
        ended = known.signed(
            {name: said for name, said in document.items() if name != "proof"}
            | {"validUntil": credentials.moment(at + timedelta(days=1))}, at
        )  # fmt: skip
        assert checked(ended, at).holds
        assert checked(ended, at + timedelta(days=1)).faults == ("expired",)

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", "x" * 70_000, "https://a.example/#AAAA", "{}"]
    )
    def test_fails_for_what_is_none(self, text, at):
        assert checking.check(text, at).faults in {("unreadable",), ("malformed",)}

    def test_trusts_no_list_of_another_signer_address_or_time(self, document, at):
        listed = known.status_document(0, at)
        unsigned = {name: said for name, said in listed.items() if name != "proof"}
        theirs, _did = forged(listed)
        moved = known.signed(unsigned | {"id": listed["id"] + "1"}, at)
        changed = deepcopy(listed)
        changed["credentialSubject"]["encodedList"] = status_list.encoded([1])
        for wrong in (theirs, moved, changed, {}, {"proof": 1}):
            assert checked(document, at, wrong or {"a": 1}).faults == ("status_wrong",)
        late = at + known.LIST_LASTS + timedelta(hours=1)
        assert checked(document, late, listed).faults == ("status_wrong",)
        assert checked(document, at, listed).holds


class TestVerifyBadge:
    @pytest.fixture
    def files(self, noon, at, tmp_path):
        folder = tmp_path / "out"
        one = courses.passed(at=noon)
        issued = certifying.certify(at=at, booking=one.booking, named=NAME)
        write_badges(folder, at)
        (folder / "badge.json").write_bytes(canonical(issued.document))
        return folder, issued

    def run(self, folder, at, *more):
        return verify([str(folder / "badge.json"), *more], at)

    def test_holds_with_the_key_and_the_list(self, files, at, capsys):
        folder, _issued = files
        did = json.loads((folder / "issuer.json").read_text())["id"]
        status = ("--status", str(folder / "status/0.json"))

        assert self.run(folder, at, "--issuer", did, *status, "--name", NAME) == 0
        assert self.run(folder, at, "--issuer", did) == 2
        assert self.run(folder, at, *status) == 2
        assert "compare it" in capsys.readouterr().out

    def test_fails_for_another_key_name_or_text(self, files, at):
        folder, issued = files
        did = known.issuer("").did
        assert self.run(folder, at, "--issuer", did_key(bytes(32))) == 1
        assert self.run(folder, at, "--issuer", did, "--name", "别人") == 1
        (folder / "badge.json").write_bytes(canonical(issued.document | {"name": "厨师长"}))
        assert self.run(folder, at, "--issuer", did) == 1
        assert verify([str(folder / "nowhere.json")], at) == 2
        assert verify([], at) == 2

    def test_fails_once_it_is_withdrawn(self, files, at):
        folder, issued = files
        certifying.withdraw(at=at, certificate=issued.certificate)
        write_badges(folder, at)
        did, status = known.issuer("").did, str(folder / "status/0.json")
        assert self.run(folder, at, "--issuer", did, "--status", status) == 1

    def test_exports_what_is_everybodys_and_nothing_of_a_holder(self, files, at):
        folder, issued = files
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json"))
        code = issued.certificate.offer.code
        assert names == [f"achievements/{code}.json", "badge.json", "issuer.json", "status/0.json"]
        written = b"".join(
            path.read_bytes() for path in folder.rglob("*.json") if path.name != "badge.json"
        )
        assert str(issued.certificate.pk).encode() not in written
        assert issued.certificate.booking.code.encode() not in written
