"""What the database holds of decisions that are assessed, whoever asks it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.models import (
    Affected,
    Assessment,
    Hazard,
    Impact,
    Mitigation,
    Ruling,
    Score,
    Sheet,
    SheetSignature,
    Subject,
)
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject as Person
from linli.kernel.signed import signed
from tests.town import assessments as town
from tests.town import impacts as here


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def later(now):
    return now + timedelta(days=31)


@pytest.fixture
def impact(db, now):
    return here.opened(at=now)


def never(match, deed):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        deed()


def test_holds_by_the_database_what_lay_open(impact, now, later):
    rows = Impact.objects.filter(pk=impact.pk)
    never("lay open", lambda: rows.update(words="别的"))
    never("lay open", lambda: rows.update(closes_at=now + timedelta(days=1)))
    never("lay open", lambda: Affected.objects.update(words="别的"))
    never("lay open", lambda: Affected.objects.all().delete())
    here.assessed(impact, at=now)
    hazard = here.hazard(impact, at=now)
    here.answered(hazard, at=now)
    never("struck once", lambda: Hazard.objects.update(severity=1))
    never("is removed", lambda: Mitigation.objects.all().delete())
    never("promised", lambda: Mitigation.objects.update(words="别的"))
    rows.update(closes_at=impact.closes_at + timedelta(days=1))  # later is as it may be
    here.decided(impact, at=later + timedelta(days=1))
    never("append-only", lambda: Ruling.objects.update(reasons="别的"))
    never("before the decision", lambda: copy_of(hazard, number=2).save(force_insert=True))


def copy_of(row, **given):
    row.pk = None
    for name, value in given.items():
        setattr(row, name, value)
    return row


def test_holds_by_the_database_who_decides_and_when(impact, now, later):
    def ruled(by=None, at=later, outcome="go", of=impact):
        return lambda: Ruling.objects.create(
            impact=of, outcome=outcome, summary="一", heard="二", reasons="三",
            **signed(by or here.decider(), at),
        )  # fmt: skip

    never("another unit", ruled())
    here.assessed(impact, at=now)
    never("consultation", ruled(at=now))
    never("proposed", ruled(by=here.proposer()))
    never("they assessed", ruled(by=town.officer(here.OTHER)))
    here.hazard(impact, at=now)
    never("high hazard", ruled())

    ruled(outcome="stop")()
    assert Ruling.objects.get().outcome == "stop"


def test_holds_by_the_database_what_is_assessed(impact, now):
    unit = town.candidate("甲社区", at=now, of=town.opened(at=now)).subject
    never(
        "project or a decision",
        lambda: copy_of(here.begun(at=now, name="又一项", edition=impact.edition), subject=unit,
                        code="7K3M-92QD").save(force_insert=True),
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Subject.objects.filter(pk=impact.subject_id).update(kind="person")


def reached(model):
    """Every model that one leads to, over all its foreign keys and theirs."""
    found, ways = set(), [model]
    while ways:
        for field in ways.pop()._meta.concrete_fields:
            if field.is_relation and field.related_model not in found:
                found.add(field.related_model)
                ways.append(field.related_model)
    return found


def names_somebody(model):
    return model is Person or any(isinstance(one, SealedField) for one in model._meta.local_fields)


@pytest.mark.parametrize("model", [Assessment, Sheet, Score, Ruling, Mitigation])
def test_leads_from_what_is_assessed_to_nobody(model):
    assert Subject in reached(model)
    assert [one for one in reached(model) if names_somebody(one)] == []


def test_control_finds_who_signed_a_sheet():
    assert Person in reached(SheetSignature)
    assert names_somebody(SheetSignature)
