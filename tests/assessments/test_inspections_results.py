"""What came of visits: corrections, the register, replies, what is sealed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.assessments.actions import correcting, register, signatures
from linli.assessments.models import (
    CorrectionOrder,
    Finding,
    Inspection,
    PremisesReply,
    SheetSignature,
)
from linli.assessments.queries.inspection_results import inspected
from linli.kernel.actors import HOLDER, Role
from linli.kernel.models import Look
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due
from linli.kernel.working_days import add_working_days
from tests.town import assessments
from tests.town import inspections as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def visit(now):
    return town.planned(at=now)


@pytest.fixture
def made(now):
    return town.made(at=now)


def refused(deed, **given):
    with pytest.raises(Refused) as told, transaction.atomic():
        deed(**given)
    return told.value.code


def test_orders_checks_and_closes(now, made):
    finding = made.findings.get(item="cold")
    by = {"by": town.officer(), "at": now}
    first = correcting.order(**by, finding=finding, words="修好冷柜", days=5)
    assert first.due_on == add_working_days(date(2026, 3, 2), 5)
    assert refused(correcting.order, **by, finding=finding, words="再修", days=5) == "ordered"

    correcting.check(**by, order=first, seen=correcting.Seen(met=False, words="仍是十一度"))
    second = correcting.order(**by, finding=finding, words="换掉冷柜", days=3)
    visit = town.made(
        at=now, edition=made.assessment.edition, subject=made.assessment.subject, after=made
    )
    correcting.check(**by, order=second, seen=correcting.Seen(met=True, words="四度", visit=visit))

    finding.refresh_from_db()
    assert (finding.state, second.number, CorrectionOrder.objects.count()) == ("closed", 2, 2)
    assert refused(correcting.order, **by, finding=finding, words="再", days=1) == "settled"


def test_refuses_orders_and_checks_that_say_nothing(now, made):
    finding, by = made.findings.get(item="cold"), {"by": town.officer(), "at": now}
    codes = [
        refused(correcting.order, **by, finding=finding, words=" ", days=5),
        refused(correcting.order, **by, finding=finding, words="修", days=61),
        refused(correcting.withdraw_finding, **by, finding=finding, reason=""),
        refused(correcting.word_finding, **by, finding=finding, severity="bad", words="x"),
    ]
    order = correcting.order(**by, finding=finding, words="修", days=5)
    elsewhere = town.made(
        at=now, edition=made.assessment.edition, subject=town.premises(at=now, name="别处")
    )
    met = correcting.Seen(met=True, words="好", visit=elsewhere)
    codes.append(refused(correcting.check, **by, order=order, seen=met))

    assert codes == [
        "no_words",
        "days_out_of_range",
        "no_words",
        "unknown_severity",
        "other_premises",
    ]
    finding.refresh_from_db()
    assert (finding.state, finding.words) == ("open", "")


def test_keeps_findings_once_they_are_published(now, made):
    finding, by = made.findings.get(item="label"), {"by": town.officer(), "at": now}
    correcting.word_finding(**by, finding=finding, severity="serious", words="两袋面粉没有标签")
    register.publish(**by, inspection=made)

    told = refused(correcting.word_finding, **by, finding=finding, severity="slight", words="算了")

    assert told == "published"
    for change in ({"words": "算了"}, {"state": "closed", "settled_at": now}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**change)
    correcting.withdraw_finding(**by, finding=finding, reason="看错了")
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(state="open", settled_at=None, reason="")


def test_publishes_nothing_before_the_visit(now, visit):
    assert refused(register.publish, by=town.officer(), at=now, inspection=visit) == "not_made"
    assert refused(register.hand_code, by=town.officer(), at=now, inspection=visit) == "not_made"
    with pytest.raises(DatabaseError, match="before it is made"), transaction.atomic():
        Inspection.objects.filter(pk=visit.pk).update(published_at=now)


def test_publishes_in_time_whoever_forgets_it(now, made):
    last = add_working_days(date(2026, 3, 2), 20)
    on = datetime(last.year, last.month, last.day, 2, tzinfo=UTC)

    assert register.publish_due(at=on) == 0
    assert register.publish_due(at=on + timedelta(1)) == 1
    assert register.publish_due(at=on + timedelta(2)) == 0
    assert refused(register.publish_due, by=town.officer(), at=on) == "not_allowed"


def test_takes_a_reply_by_the_code_that_was_handed_over(now, made):
    code = made.assessment.code
    old = register.hand_code(by=town.officer(), at=now, inspection=made)
    passphrase = register.hand_code(by=town.officer(), at=now, inspection=made)
    given = {"by": HOLDER, "at": now, "code": code}

    codes = [
        refused(register.reply, **given, passphrase=old, words="已换新冷柜"),
        refused(register.reply, **given, passphrase=passphrase, words=" "),
        refused(register.reply, **given, passphrase=passphrase, words="他是少数民族"),
    ]
    assert codes == ["wrong_code", "no_words", "trait_of_a_person"]
    assert not PremisesReply.objects.exists()
    for _time in range(register.MOST_REPLIES):
        said = register.reply(**given, passphrase=passphrase, words="已换新冷柜")
    assert (
        refused(register.reply, **given, passphrase=passphrase, words="还有") == "too_many_replies"
    )
    own = refused(
        register.withhold,
        by=actor(Role.SUPERVISOR, unit=town.UNIT),
        at=now,
        reply=said,
        reason="写了人名",
    )
    register.withhold(by=assessments.planner(), at=now, reply=said, reason="写了人名")
    assert own == "own_inspection"
    with pytest.raises(DatabaseError, match="as it was given"), transaction.atomic():
        PremisesReply.objects.update(words="别的话")


def test_seals_a_signature_and_logs_who_opens_it(now, made):
    row = SheetSignature.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT strokes FROM assessments_sheetsignature")
        kept = bytes(cursor.fetchone()[0])
    assert b"400" not in kept
    assert (
        refused(
            signatures.open_signature, by=assessments.officer("别的单位"), at=now, signature=row
        )
        == "not_own_unit"
    )
    assert not Look.objects.exists()

    opened = signatures.open_signature(by=town.officer(), at=now, signature=row)

    assert opened.strokes == json.loads(town.STROKES)
    assert Look.objects.get().about == made.assessment.code
    gone = now + timedelta(signatures.KEPT_DAYS + 1)
    destroy_due(gone)
    assert signatures.purge_signatures(at=gone) == 1
    assert refused(signatures.open_signature, by=town.officer(), at=gone, signature=row) == "gone"


def test_tells_tracers_what_is_published(now):
    shop = town.premises(at=now, address="/trace/operators/7K3M-92QD/")
    made = town.made(at=now, subject=shop)
    assert inspected(shop.address) == []
    register.publish(by=town.officer(), at=now, inspection=made)

    (told,) = inspected(shop.address)

    assert (told.findings, told.open, told.grave, told.share) == (2, 2, 1, 5000)
    assert (told.code, told.made_on) == (made.assessment.code, date(2026, 3, 2))
