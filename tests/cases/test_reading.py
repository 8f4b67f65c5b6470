"""Open a case: by code and passphrase, or under a grant; each opening is written down or does not happen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.db.models import Model

from linli.cases.actions import emergency, following, reading
from linli.cases.models import Attachment, Case
from linli.cases.queries import glass_broken
from linli.kernel.actors import Role
from linli.kernel.models import BreakGlass, Grant, Look, Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy
from linli.kernel.uploads import Rebuilt
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
PHOTO = Rebuilt(b"jpeg", "image/jpeg", "jpg")


def read(case, unit=town.HOUSING, purpose="handle", at=MONDAY):
    return reading.read(by=town.officer(unit), at=at, case=case, purpose=purpose)


def test_opens_to_who_holds_code_and_passphrase():
    case, passphrase = town.receipt(at=MONDAY, wish="快修")

    held = reading.open_held(at=MONDAY, code=f" {case.code.lower()} ", passphrase=passphrase)

    assert held.pk == case.pk
    opened = reading.own(at=MONDAY, case=held)
    assert (opened.words, opened.wish) == (town.WORDS, "快修")
    assert Look.objects.count() == 0  # one's own case


@pytest.mark.parametrize("wrong", ["code", "no code", "passphrase", "purged", "gone"])
def test_refuses_unknown_wrong_and_gone_alike(wrong):
    case, passphrase = town.receipt(at=MONDAY)
    code, at = case.code, MONDAY
    if wrong == "code":
        code = "7K3M-92QD"
    elif wrong == "no code":
        code = "好"
    elif wrong == "passphrase":
        passphrase = "0000 0000 0000 0000"
    elif wrong == "purged":
        Case.objects.update(words=None, purged_at=MONDAY)
    else:
        at += timedelta(days=2000)

    with pytest.raises(Refused) as refused:
        reading.open_held(at=at, code=code, passphrase=passphrase)

    said = str(refused.value.sentence)
    assert (refused.value.code, refused.value.status) == ("wrong_code", 404)
    assert said == str(reading._wrong().sentence)


def test_hashes_as_much_for_a_code_that_nobody_has(monkeypatch):
    from linli.kernel import passphrases

    asked, hashed = [], passphrases.keyed_hash
    monkeypatch.setattr(
        passphrases, "keyed_hash", lambda code, said: asked.append(code) or hashed(code, said)
    )

    with pytest.raises(Refused):
        reading.open_held(at=MONDAY, code="7K3M-92QD", passphrase="1")

    assert len(asked) == 1


def test_reads_no_row_that_it_does_not_open(monkeypatch):
    """What is read takes time, and so tells that it is there."""
    case, passphrase = town.receipt(at=MONDAY)
    read, from_db = [], Model.from_db.__func__
    monkeypatch.setattr(
        Model, "from_db", classmethod(lambda kind, *row: read.append(kind) or from_db(kind, *row))
    )

    for code in (case.code, "7K3M-92QD"):
        with pytest.raises(Refused):
            reading.open_held(at=MONDAY, code=code, passphrase="1")

    assert not read
    reading.open_held(at=MONDAY, code=case.code, passphrase=passphrase)
    assert Case in read


def test_opens_the_granted_fields_alone_and_writes_it_down():
    case = town.asked(
        at=MONDAY, wish="快修", place="3号楼", photos=(PHOTO,), fields_granted=("words", "wish")
    )

    opened = read(case)

    assert (opened.words, opened.wish, opened.place) == (town.WORDS, "快修", "")
    assert (opened.photos, opened.contact) == ([], {})
    look = Look.objects.get()
    assert (look.verb, look.about, look.purpose) == ("opened", case.code, "handle")
    assert (look.by_unit, look.fields) == (town.HOUSING, "wish,words")


def test_opens_nothing_without_a_grant():
    case = town.asked(at=MONDAY)

    with pytest.raises(Refused) as refused:
        read(case, unit=town.LEGAL)

    assert (refused.value.code, refused.value.status) == ("no_grant", 404)
    assert Look.objects.count() == 0


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_opens_nothing_from_the_moment_the_grant_ends(ended):
    case = town.asked(at=MONDAY)
    grant, at = Grant.objects.get(), MONDAY + HOUR
    assert read(case, at=at).words == town.WORDS
    if ended == "revoked":
        following.revoke_grant(at=at, case=case, grant=grant)
    else:
        at = grant.expires_at

    with pytest.raises(Refused, match="no_grant"):
        read(case, at=at)

    assert Look.objects.count() == 1


def test_shows_nothing_when_the_look_cannot_be_written(monkeypatch):
    case = town.asked(at=MONDAY)
    opened = []

    def full(self, **given):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Look, "save", full)
    with pytest.raises(Refused, match="not_logged"):
        opened.append(read(case))

    assert opened == []


def test_shows_it_when_the_look_can_be_written():
    """The control: the same reading, with a log that takes it."""
    assert read(town.asked(at=MONDAY)).words == town.WORDS


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PLANNER, Role.HOLDER])
def test_opens_to_no_role_that_sees_no_case(role):
    case = town.asked(at=MONDAY)

    with pytest.raises(Refused, match="not_allowed"):
        reading.read(by=actor(role, unit=town.HOUSING), at=MONDAY, case=case, purpose="handle")


def test_asks_what_for():
    with pytest.raises(Refused, match="unknown_purpose"):
        read(town.asked(at=MONDAY), purpose="curious")


def test_opens_nothing_after_the_key_is_destroyed(django_capture_on_commit_callbacks):
    case = town.asked(at=MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        destroy(subject=case.subject, at=MONDAY)
    case = Case.objects.get(pk=case.pk)

    with pytest.raises(Refused) as refused:
        read(case)
    assert refused.value.code in {"no_grant", "gone"}
    with pytest.raises(Refused, match="gone"):
        reading.own(at=MONDAY, case=case)


def test_opens_a_photo_under_the_grant_and_writes_it_down():
    case = town.asked(at=MONDAY, photos=(PHOTO,))
    photo = Attachment.objects.get()

    data = reading.open_photo(by=town.officer(), at=MONDAY, case=case, photo=photo)

    assert data == b"jpeg"
    assert Look.objects.get().fields == "photos"
    assert reading.open_photo(by=town.HOLDER, at=MONDAY, case=case, photo=photo) == b"jpeg"
    with pytest.raises(Refused, match="no_photo"):
        reading.open_photo(by=town.officer(), at=MONDAY, case=town.asked(at=MONDAY), photo=photo)


def test_opens_no_photo_that_was_not_granted():
    case = town.asked(at=MONDAY, photos=(PHOTO,), fields_granted=("words",))

    with pytest.raises(Refused, match="no_grant"):
        reading.open_photo(by=town.officer(), at=MONDAY, case=case, photo=Attachment.objects.get())


def test_reveals_how_to_reach_the_person_for_a_reason_they_read():
    fields = (*town.MAY_PASS_ON, "contact")
    contact = town.Contact("sms", "13800000000")
    case = town.asked(at=MONDAY, contact=contact, fields_granted=fields)

    said = reading.reveal_contact(by=town.officer(), at=MONDAY, case=case, reason="约上门时间")

    assert said == "13800000000"
    assert Look.objects.get().fields == "contact"
    assert reading.own(at=MONDAY, case=case).steps[-1].words == "约上门时间"
    with pytest.raises(Refused, match="no_reason"):
        reading.reveal_contact(by=town.officer(), at=MONDAY, case=case, reason=" ")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"contact": town.Contact("sms", "13800000000")}, "no_grant"),
        ({"fields_granted": (*town.MAY_PASS_ON, "contact")}, "no_contact"),
    ],
)
def test_reveals_nothing_that_was_not_left_or_not_granted(given, code):
    case = town.asked(at=MONDAY, **given)

    with pytest.raises(Refused, match=code):
        reading.reveal_contact(by=town.officer(), at=MONDAY, case=case, reason="约时间")


def glass(case, hours=2):
    return emergency.ask_to_break(
        by=town.officer(town.LEGAL), at=MONDAY, case=case, reason="有人身危险", hours=hours
    )


def test_opens_in_an_emergency_when_a_second_person_lets_in():
    contact = town.Contact("sms", "13800000000")
    case = town.asked(at=MONDAY, contact=contact)
    asked = glass(case)
    with pytest.raises(Refused, match="no_grant"):
        read(case, unit=town.LEGAL)

    emergency.let_in(by=town.supervisor(), at=MONDAY, case=case, glass=asked)

    assert read(case, unit=town.LEGAL, at=MONDAY + HOUR).words == town.WORDS
    assert Look.objects.filter(purpose="emergency").count() == 1
    shown = reading.own(at=MONDAY, case=case).steps
    assert [(s.verb, s.words) for s in shown[-2:]] == [
        ("glass_asked", "有人身危险"),
        ("glass_opened", ""),
    ]
    assert Message.objects.count() == 2
    with pytest.raises(Refused, match="no_grant"):
        read(case, unit=town.LEGAL, at=MONDAY + 2 * HOUR)
    assert glass_broken(MONDAY, MONDAY + HOUR) == [(town.LEGAL, 1, 1)]


def test_opens_nothing_to_a_colleague_of_who_was_let_in():
    case = town.asked(at=MONDAY)
    emergency.let_in(by=town.supervisor(), at=MONDAY, case=case, glass=glass(case))

    with pytest.raises(Refused, match="no_grant"):
        reading.read(
            by=town.officer(town.LEGAL, name="别人"), at=MONDAY, case=case, purpose="handle"
        )


def test_counts_what_was_refused_too():
    case = town.asked(at=MONDAY)

    emergency.keep_out(by=town.supervisor(), at=MONDAY, case=case, glass=glass(case))

    assert BreakGlass.objects.get().let_in_at is None
    assert glass_broken(MONDAY, MONDAY + HOUR) == [(town.LEGAL, 1, 0)]
    with pytest.raises(Refused, match="no_grant"):
        read(case, unit=town.LEGAL)


def test_reads_in_few_queries(django_assert_max_num_queries):
    case = town.answered(at=MONDAY)

    with django_assert_max_num_queries(8):
        read(case)
