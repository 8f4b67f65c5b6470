"""A figure about people is declared, frozen, decided by the gate and released by a second person, or stays inside."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from linli.atlas.actions import products, releases
from linli.atlas.models import Product, ProductFigure, Release, ReleasedCell
from linli.atlas.queries import gate
from linli.atlas.tasks import propose_releases
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries.released import released as may_be_said
from linli.kernel.actors import Role
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from tests.town import atlas_keep as keep
from tests.town.atlas_keep import CITY, CODE, LATE, LATER
from tests.town.staff import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heard")]


@pytest.fixture
def heard(monkeypatch):
    return keep.heard(monkeypatch)


def refused(code, deed, **given):
    with pytest.raises(Refused) as error, transaction.atomic():
        deed(**given)
    assert error.value.code == code
    return str(error.value.sentence)


def test_says_what_passes_and_keeps_back_the_rest():
    release = keep.released()

    cells = {one.area_id: one for one in release.cells.all()}
    assert set(cells) == {CITY, *keep.COUNTIES}
    assert cells["990103"].kept == cells["990105"].kept == ReleasedCell.PRIMARY
    for area, one in cells.items():
        if one.value is None:
            assert one.fact is None
            continue
        true = sum(keep.HEARD.values()) if area == CITY else keep.HEARD[area]
        assert one.value % 5 == 0
        assert abs(one.value - true) <= 3 + 5
        assert one.low <= true <= one.high
        assert one.fact.value == one.value
        assert (one.fact.low, one.fact.high) == (one.low, one.high)
        said = may_be_said(one.fact)
        assert (said.value, said.ground, said.decision) == (one.value, "gate", release.code)
    assert {one.value is None for one in cells.values()} == {True, False}
    twin = Indicator.objects.get(released_from__code=CODE)
    assert (twin.public, twin.about_people, twin.adds_up) == (True, True, False)
    assert Evidence.objects.get(kind="release").address == f"/releases/{release.code}/"


def test_counts_towns_into_their_county(heard):
    by_county = gate.opened(keep.frozen(), LATE)[0]
    heard[:] = keep.records(towns=True)
    Product.objects.update(ended_at=LATE)

    by_town = gate.opened(keep.frozen(code="again", begins_on=date(2025, 1, 1)), LATE)[0]

    assert by_town == by_county
    assert by_town.whole


def test_a_total_with_a_rest_is_not_whole(heard):
    heard.extend(keep.records({CITY: 12}))

    counted = gate.opened(keep.frozen(), LATE)[0]

    assert not counted.whole
    assert counted.bins[CITY].count == len(heard)


def test_frozen_counts_are_sealed_and_never_in_a_repr():
    release = keep.frozen()

    with connection.cursor() as cursor:
        cursor.execute("SELECT frozen FROM atlas_release")
        kept = bytes(cursor.fetchone()[0])
    assert b"990101" not in kept
    counted = gate.opened(release, LATE)
    assert counted[0].bins["990101"].count == 124
    assert "124" not in repr(counted)


def test_the_same_comes_out_again(capsys):
    release = keep.released()

    call_command("atlas", "replay", release.code)

    assert release.code in capsys.readouterr().out


def test_replay_finds_another_cell():
    release = keep.released()
    with connection.cursor() as cursor:
        cursor.execute(_DROPPED[connection.vendor])
    ReleasedCell.objects.filter(area="990101").update(value=5)

    with pytest.raises(CommandError, match=r"talks\.heard 990101"):
        call_command("atlas", "replay", release.code)


_DROPPED = {
    "sqlite": "DROP TRIGGER atlas_releasedcell_kept_update",
    "postgresql": "DROP FUNCTION atlas_releasedcell_kept_update() CASCADE",
}


def test_replay_says_when_the_records_are_gone():
    release = keep.released()
    with pytest.raises(gate.RecordsGone):
        gate.decided(release, LATER.replace(year=2032))
    assert gate.decided(release, LATER)

    store().destroy_due(release.frozen_until)

    with pytest.raises(gate.RecordsGone):
        gate.decided(release, LATER)


def test_whoever_froze_it_does_not_release_it():
    release = keep.frozen()

    refused("same_person", releases.release, by=actor(), at=LATER, release=release)
    assert not Fact.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(
            state="released", decided_at=LATER, decided_by=release.frozen_by, digest="a" * 64
        )


def test_a_refused_table_names_its_cells_and_says_nothing(monkeypatch, heard):
    release = keep.frozen()
    refuses = gate.Decision(
        refused=(gate.deciding.Named(gate.CellName(CODE, "990103", gate.period_of(release)), "too_narrow"),)
    )  # fmt: skip
    monkeypatch.setattr(gate.deciding, "decide", lambda *_a, **_k: refuses)

    sentence = refused(
        "gate_refuses", releases.release, by=keep.second(), at=LATER, release=release
    )

    assert "990103" in sentence
    assert not Fact.objects.exists()
    assert not ReleasedCell.objects.exists()
    kept = releases.refuse(by=keep.second(), at=LATER, release=release, reason="人数太少")
    assert kept.refusals == [[CODE, "990103", "too_narrow"]]
    again = releases.propose_again(by=actor(), at=LATER, release=kept)
    assert (again.state, again.period_from) == (Release.PROPOSED, release.period_from)
    refused("proposed_already", releases.propose_again, by=actor(), at=LATER, release=kept)


def test_the_calendar_proposes_and_releases_nothing():
    keep.declared(begins_on=date(2024, 1, 1))

    assert propose_releases(LATE) == 2
    assert propose_releases(LATE) == 0
    assert {one.state for one in Release.objects.all()} == {Release.PROPOSED}
    Product.objects.update(ended_at=LATE)
    assert propose_releases(LATE.replace(year=2030)) == 0


def test_refuses_what_may_not_be_done():
    officer, release = actor(Role.OFFICER), keep.proposed()

    for deed in (releases.freeze, releases.release):
        refused("not_allowed", deed, by=officer, at=LATE, release=release)
    refused("not_allowed", releases.refuse, by=officer, at=LATE, release=release, reason="x")
    refused("not_allowed", products.declare, by=officer, at=LATE, draft=keep.draft())
    refused("not_frozen", releases.release, by=keep.second(), at=LATE, release=release)
    refused("no_reason", releases.refuse, by=actor(), at=LATE, release=release, reason=" ")
    refused("not_refused", releases.propose_again, by=actor(), at=LATE, release=release)
    releases.freeze(by=actor(), at=LATE, release=release)
    refused("already_frozen", releases.freeze, by=actor(), at=LATE, release=release)
    releases.release(by=keep.second(), at=LATER, release=release)
    for deed in (releases.release, releases.freeze):
        refused("already_decided", deed, by=actor(), at=LATER, release=release)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"scope": "000000"}, "unknown_area"),
        ({"figures": ()}, "no_figure"),
        ({"figures": ("talks.nothing",)}, "unknown_figure"),
        ({"level": "town"}, "not_a_product"),
        ({"level": "city"}, "too_small"),
        ({"begins_on": date(2025, 2, 1)}, "wrong_beginning"),
        ({"begins_on": date(2025, 2, 1), "length": "week"}, "wrong_beginning"),
        ({"threshold": 9}, "not_a_product"),
        ({"variance": Decimal("0.1")}, "not_a_product"),
        ({"wait_days": 0}, "not_a_product"),
        ({"code": "Not a code"}, "not_a_product"),
        ({"name": ""}, "not_a_product"),
    ],
)
def test_refuses_a_product(given, code):
    refused(code, products.declare, by=actor(), at=LATE, draft=keep.draft(**given))
    assert not Product.objects.exists()


def test_no_two_products_release_the_same_people():
    keep.declared()

    refused("code_taken", products.declare, by=actor(), at=LATE, draft=keep.draft())
    refused("released_elsewhere", products.declare, by=actor(), at=LATE, draft=keep.draft(code="b"))
    other = keep.declared(code="c", length="month")
    assert other.figures.get().twin == Product.objects.first().figures.get().twin


def test_months_remember_the_year():
    year = keep.released()
    monthly = keep.declared(code="monthly", length="month", begins_on=date(2025, 6, 1))
    june = releases.propose(by=actor(), at=LATE, product=monthly)[0]

    past = gate.memory(Indicator.objects.get(code=CODE), at=LATER)

    assert {one.release for one in past.cells} == {year.code}
    assert {one.name.area: one.count for one in past.cells}["990101"] == 124
    releases.freeze(by=actor(), at=LATE, release=june)
    june = releases.release(by=keep.second(), at=LATER.replace(day=4), release=june)
    # All of the year came in June: the kept back stay so.
    assert {one.area_id for one in june.cells.exclude(kept="")} >= {"990103", "990105"}
    assert not gate.replayed(Release.objects.get(pk=year.pk), LATER)


DENIED = {
    "a raw count on a public indicator": lambda r: _fact(r, "query", Indicator.objects.get(released_from=None)),
    "a statement on a twin": lambda r: _fact(r, "statement", Indicator.objects.exclude(released_from=None).get()),
    "a release on another": lambda r: _fact(r, "release", Indicator.objects.get(released_from=None)),
    "a raw indicator made public": lambda r: _published(),
    "people no longer people": lambda r: Indicator.objects.update(about_people=False),
    "a product changed": lambda r: Product.objects.update(threshold=11),
    "a release removed": lambda r: Release.objects.all().delete(),
    "a release changed": lambda r: Release.objects.update(digest="b" * 64),
    "a cell changed": lambda r: ReleasedCell.objects.update(low=0),
    "a cell removed": lambda r: ReleasedCell.objects.all()._raw_delete("default"),
    "a cell with another fact": lambda r: _later_cell(r),  # noqa: PLW0108 - defined below
    "a figure that is not its twin": lambda r: ProductFigure.objects.create(
        product=Product.objects.get(), indicator=_other(), twin=Indicator.objects.exclude(released_from=None).get()
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DENIED)
def test_the_database_refuses(what):
    release = keep.released()

    with pytest.raises(IntegrityError), transaction.atomic():
        DENIED[what](release)


def _other(code="talks.other", **given):
    return Indicator.objects.create(
        code=code, name="另", unit="person", kind="count", definition="另", computed_by="邻里", about_people=True,
        **{"public": False} | given,
    )  # fmt: skip


def _fact(release, kind, indicator):
    evidence = Evidence.objects.create(
        kind=kind, source="甲", words="甲", version="1", digest="a" * 64, address="/releases/x/",
        by_name="甲", by_role="planner", by_unit="", at=LATE,
    )  # fmt: skip
    if kind == "query":
        indicator = _other(public=True)
    return Fact.objects.create(
        indicator=indicator, area_id=CITY, period_from=date(2020, 1, 1), period_until=date(2021, 1, 1), value=7,
        low=7, high=7, status="evidenced", evidence=evidence, by_name="甲", by_role="planner", by_unit="", at=LATE,
    )  # fmt: skip


def _published():
    hidden = _other()
    evidence = Evidence.objects.create(
        kind="query", source="甲", version="1", by_name="甲", by_role="planner", by_unit="", at=LATE
    )
    Fact.objects.create(
        indicator=hidden, area_id=CITY, period_from=date(2020, 1, 1), period_until=date(2021, 1, 1), value=7,
        status="evidenced", evidence=evidence, by_name="甲", by_role="planner", by_unit="", at=LATE,
    )  # fmt: skip
    Indicator.objects.filter(pk=hidden.pk).update(public=True)


def _later_cell(release):
    fact = Fact.objects.filter(area=CITY).get()
    ReleasedCell.objects.create(
        release=release, indicator=fact.indicator, area_id="990103", value=fact.value, fact=fact
    )
