"""Units: opened, amended, closed, and recognised by what documents call them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory import queries
from linli.directory.actions import UnitDraft, amend_unit, close_unit, open_unit
from linli.directory.models import Step, Unit
from linli.directory.rules.naming import key_of
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import directory as town
from tests.town.staff import account, actor

PLACES = ("嘉峪关市", "甘肃省")


def draft(name="嘉峪关市卫生健康委员会", **overrides):
    given = {"kind": "department", "area": town.area(), "aliases": ("市卫健委",)} | overrides
    return UnitDraft(name=name, **given)


@pytest.mark.django_db
class TestActions:
    def test_opens_amends_and_closes_with_every_step_on_record(self, noon):
        unit = open_unit(by=actor(), at=noon, draft=draft())
        amend_unit(
            by=actor(), at=noon, unit=unit, draft=draft(aliases=("市卫健委", " 市卫计委 ", ""))
        )
        close_unit(by=actor(), at=noon, unit=unit, on=noon.date())

        unit.refresh_from_db()
        assert unit.aliases == ["市卫健委", "市卫计委"]
        assert unit.closed_on == noon.date()
        steps = list(unit.steps.all())
        assert [step.verb for step in steps] == ["opened", "amended", "closed"]
        assert steps[1].was["aliases"] == ["市卫健委"]

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
    def test_refuses_all_but_planners(self, noon, role):
        with pytest.raises(Refused, match="not_allowed"):
            open_unit(by=actor(role), at=noon, draft=draft())

        assert not Unit.objects.exists()

    def test_refuses_a_name_that_another_unit_bears(self, noon):
        open_unit(by=actor(), at=noon, draft=draft())

        with pytest.raises(Refused, match="name_taken"):
            open_unit(by=actor(), at=noon, draft=draft())

        assert (Unit.objects.count(), Step.objects.count()) == (1, 1)

    def test_refuses_a_unit_above_itself(self, noon):
        upper = open_unit(by=actor(), at=noon, draft=draft("嘉峪关市人民政府"))
        lower = open_unit(by=actor(), at=noon, draft=draft("嘉峪关市民政局", above=upper))

        with pytest.raises(Refused, match="above_itself"):
            amend_unit(
                by=actor(), at=noon, unit=upper, draft=draft("嘉峪关市人民政府", above=lower)
            )

        upper.refresh_from_db()
        assert upper.above is None

    def test_refuses_to_close_twice(self, noon):
        unit = open_unit(by=actor(), at=noon, draft=draft())
        close_unit(by=actor(), at=noon, unit=unit, on=noon.date())

        with pytest.raises(Refused, match="already_closed"):
            close_unit(by=actor(), at=noon, unit=unit, on=noon.date())

        assert unit.steps.filter(verb="closed").count() == 1


@pytest.mark.parametrize(
    "printed",
    [
        "嘉峪关市人力资源和社会保障局",
        "市人社局",
        "人社局",
        "甘肃省嘉峪关市人社局",
        "市 人力资源社会保障局",
    ],
)
def test_writes_short_forms_out(printed):
    assert key_of(printed, PLACES) == "人力资源和社会保障局"


@given(st.text(max_size=12))
def test_gives_the_same_key_again(name):
    key = key_of(name, PLACES)

    assert key_of(key, ()) == key or len(key) < 8


@pytest.mark.django_db
class TestNames:
    def test_prefers_the_unit_of_the_place_itself(self):
        province = town.area("620000", name="甘肃省", level="province")
        city = town.area(parent=province)
        town.unit("甘肃省教育厅", area=province)
        own = town.unit("嘉峪关市教育局", area=city)
        above = town.unit("甘肃省民政局", area=province)

        assert queries.unit_named("市教育局", city) == own
        assert queries.unit_named("教育局", city) == own
        assert queries.unit_named("民政局", city) == above

    def test_guesses_nobody_when_two_could_be_meant(self):
        city = town.area()
        town.unit("嘉峪关市教育局", area=city)
        town.unit("嘉峪关市教育局(旧)", area=city, aliases=["教育局"])

        assert queries.unit_named("教育局", city) is None
        assert queries.unit_named("不认识的单位", city) is None

    def test_reads_many_names_with_two_queries(self, django_assert_num_queries):
        city = town.area()
        for name in ("教育局", "民政局", "公安局"):
            town.unit(f"嘉峪关市{name}", area=city)

        with django_assert_num_queries(2):
            names = queries.UnitNames.around(city)
            assert all(names.named(f"市{name}") for name in ("教育局", "民政局", "公安局"))


@pytest.mark.django_db
class TestPages:
    def typed(self, **overrides):
        return {
            "name": "嘉峪关市卫生健康委员会", "kind": "department", "area": "620200", "above": "",
            "aliases": "市卫健委\n卫健委",
        } | overrides  # fmt: skip

    def test_adds_a_unit_and_lists_it(self, client, django_assert_max_num_queries):
        town.area()
        client.force_login(account())

        answer = client.post("/console/units/new/", self.typed())
        unit = Unit.objects.get()

        assert answer.status_code == 302
        with django_assert_max_num_queries(6):
            page = client.get("/console/units/?words=卫健&area=嘉峪关市")
        assert "嘉峪关市卫生健康委员会" in page.content.decode()
        assert "市卫健委" in client.get(f"/console/units/{unit.code}/").content.decode()

    def test_keeps_what_was_typed_when_it_cannot_be(self, client):
        town.area()
        client.force_login(account())

        page = client.post("/en/console/units/new/", self.typed(area="无此地", above="也无"))

        assert page.status_code == 422
        assert "No such place is in the directory" in page.content.decode()
        assert "市卫健委" in page.content.decode()
        assert not Unit.objects.exists()

    def test_amends_and_closes(self, client):
        unit = town.unit()
        client.force_login(account())

        client.post(f"/console/units/{unit.code}/amend/", self.typed(name="嘉峪关市人社局"))
        client.post(f"/console/units/{unit.code}/close/")

        unit.refresh_from_db()
        assert (unit.name, unit.closed_on is None) == ("嘉峪关市人社局", False)

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
    @pytest.mark.parametrize("path", ["new/", "{code}/amend/", "{code}/close/"])
    def test_lets_only_planners_write(self, client, role, path):
        unit = town.unit()
        client.force_login(account(role))

        answer = client.post(f"/console/units/{path.format(code=unit.code)}", self.typed())

        assert answer.status_code == 403
        assert Unit.objects.get().name == "嘉峪关市人力资源和社会保障局"

    def test_sends_a_stranger_to_sign_in(self, client):
        assert client.get("/console/units/").status_code == 302
