"""Areas from the published code table."""

import pytest

from linli.directory import queries
from linli.directory.actions import take_in_areas
from linli.directory.models import Area, AreaName
from linli.directory.rules.areas import AreaRecord, above, ladder_of, level_of
from linli.kernel.actors import Role, system
from linli.kernel.refusals import Refused
from linli.reports.actions.areas import hand_over_areas
from tests.town.staff import actor

TABLE = (
    AreaRecord("620000", "甘肃省", 1981, None),
    AreaRecord("620100", "兰州市", 1981, None),
    AreaRecord("620103", "七里河区", 1981, None),
    AreaRecord("500110", "万盛区", 1994, 2012, ("500110",)),
    AreaRecord("500110", "綦江区", 2012, None),
    AreaRecord("500000", "重庆市", 1997, None),
)


@pytest.mark.django_db
class TestTakeIn:
    def test_keeps_each_code_once_with_all_its_names(self, noon):
        made = take_in_areas(by=system("test"), at=noon, records=TABLE)

        assert made == 5
        assert Area.objects.get(code="500110").name == "綦江区"
        assert list(
            AreaName.objects.filter(area="500110").values_list("name", "from_year", "until_year")
        ) == [("万盛区", 1994, 2012), ("綦江区", 2012, None)]

    def test_links_what_stands_above(self, noon):
        take_in_areas(by=system("test"), at=noon, records=TABLE)

        parents = dict(Area.objects.values_list("code", "parent"))
        assert parents == {
            "620000": None, "620100": "620000", "620103": "620100", "500000": None, "500110": "500000",
        }  # fmt: skip

    def test_changes_nothing_the_second_time(self, noon):
        take_in_areas(by=system("test"), at=noon, records=TABLE)

        assert take_in_areas(by=system("test"), at=noon, records=TABLE) == 0
        assert (Area.objects.count(), AreaName.objects.count()) == (5, 6)

    def test_refuses_an_officer(self, noon):
        with pytest.raises(Refused) as refused:
            take_in_areas(by=actor(Role.OFFICER), at=noon, records=TABLE)

        assert refused.value.code == "not_allowed"
        assert not Area.objects.exists()

    def test_takes_in_the_whole_table_of_the_reader(self, noon, django_assert_max_num_queries):
        with django_assert_max_num_queries(80):
            hand_over_areas(by=system("test"), at=noon)

        assert Area.objects.get(code="510106").name == "金牛区"
        assert Area.objects.get(code="620200").parent_id == "620000"
        assert Area.objects.standing_in(2024).filter(level="province").count() >= 31

    def test_knows_what_stood_in_a_year(self, noon):
        take_in_areas(by=system("test"), at=noon, records=TABLE)

        assert not Area.objects.standing_in(1990).filter(code="500110").exists()
        assert Area.objects.within("620000").count() == 3
        assert Area.objects.within("620100").count() == 2


def test_builds_codes_like_the_standard():
    assert [level_of(code) for code in ("620000", "620100", "620103", "620103001", "620103001002")] == [
        "province", "city", "county", "town", "community",
    ]  # fmt: skip
    assert above("620103001002", {"620103"}) == "620103"
    assert above("110101", {"110000"}) == "110000"
    assert above("110000", {"110000"}) is None
    assert ladder_of("620103001") == ("620103001", "620103", "620100", "620000")


@pytest.mark.parametrize("wrong", ["", "62", "62010a", "6201031", "٦٢٠١٠٣"])
def test_refuses_what_is_no_code(wrong):
    with pytest.raises(ValueError, match="not a code"):
        level_of(wrong)


@pytest.mark.django_db
def test_finds_an_area_by_code_or_by_the_name_that_only_it_bears(noon):
    twins = (AreaRecord("320506", "吴中区", 2001, None), AreaRecord("130102", "长安区", 1981, None),
             AreaRecord("610116", "长安区", 2002, None))  # fmt: skip
    take_in_areas(by=system("test"), at=noon, records=[*TABLE, *twins])

    assert queries.area_named(" 620103 ").name == "七里河区"
    assert queries.area_named("七里河区").code == "620103"
    assert queries.area_named("长安区") is None
    assert queries.area_named("无此地") is None
