import pytest

from linli.kernel.actors import Role
from linli.reports import actions
from tests.town import reports as town
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db

EARLIER = """嘉峪关市2024年工作总结
发布时间:2024-12-20
二、2025年工作打算
一是举办专场招聘会不少于5场。二是扩建铁南社区邻里服务站。三是建设民族团结主题公园1座。
"""
LATER = """嘉峪关市2025年工作总结
发布时间:2025-12-20
2025年,市人社局举办专场招聘会3场。
二、2026年工作打算
一是扩建铁南社区邻里服务站。二是开通便民热线。
"""


@pytest.fixture
def both(noon):
    return published(EARLIER, noon), published(LATER, noon)


def published(text, noon):
    return town.published(at=noon, text=text, name=text[:12] + ".txt")


def address(earlier, later, front="", rest=""):
    return f"{front}/reports/compare/{earlier.code}/{later.code}/{rest}"


def test_shows_everybody_what_became_of_the_promises(client, both):
    page = client.get(address(*both))

    groups = {group["outcome"]: group["rows"] for group in page.context["groups"]}
    found = {
        outcome: [tuple(side and side["words"] for side in row["sides"]) for row in rows]
        for outcome, rows in groups.items()
    }
    assert found == {
        "vanished": [("建设民族团结主题公园1座", None)],
        "changed": [("举办专场招聘会不少于5场", "市人社局举办专场招聘会3场")],
        "restated": [("扩建铁南社区邻里服务站", "扩建铁南社区邻里服务站")],
        "new": [(None, "开通便民热线")],
    }
    assert dict(page.context["units"])["市人社局"] == [0, 1, 0, 0, 0]


def test_links_each_sentence_to_its_place_in_both_readings(client, both):
    page = client.get(address(*both))

    sides = [s for g in page.context["groups"] for row in g["rows"] for s in row["sides"] if s]
    for side in sides:
        path, _, mark = side["address"].partition("#")
        assert f'id="{mark}"' in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("query", "outcomes"),
    [
        ("?outcome=vanished", ["vanished"]),
        ("?unit=市人社局", ["changed"]),
        ("?unit=市人社局&outcome=new", []),
        ("?outcome=nonsense", ["vanished", "changed", "restated", "new"]),
    ],
)
def test_filters_by_address(client, both, query, outcomes):
    page = client.get(address(*both) + query)

    assert [group["outcome"] for group in page.context["groups"]] == outcomes


def test_gives_the_comparison_as_data(client, both):
    data = client.get(address(*both, rest="compare.json")).json()

    assert data["counts"] == {"fulfilled": 0, "restated": 1, "changed": 1, "vanished": 1, "new": 1}
    assert [one["outcome"] for one in data["promises"]] == [
        "changed",
        "restated",
        "vanished",
        "new",
    ]
    for one in data["promises"]:
        for side, report in zip(("earlier", "later"), both, strict=True):
            if span := one[side]:
                assert report.reading["text"][span["start"] : span["end"]] == span["words"]


def test_offers_the_other_reports_of_the_place(client, both, noon):
    elsewhere = published("七里河区2025年工作总结\n甘肃省兰州市七里河区设立服务窗口5个。\n", noon)
    earlier, later = both

    for report in both:
        page = client.get(f"/reports/{report.code}/")
        assert [row["address"] for row in page.context["comparisons"]] == [address(earlier, later)]
    assert client.get(f"/reports/{elsewhere.code}/").context["comparisons"] == []


def test_shows_the_public_nothing_unpublished(client, both, noon):
    earlier, later = both
    actions.withdraw(by=actor(), report=earlier, at=noon)

    assert client.get(address(earlier, later)).status_code == 404
    assert client.get(address(earlier, later, rest="compare.json")).status_code == 404
    assert client.get(f"/reports/{later.code}/").context["comparisons"] == []
    assert client.get(address(earlier, later, front="/console")).status_code == 302

    client.force_login(account(Role.SUPERVISOR))
    page = client.get(address(earlier, later, front="/console"))
    assert page.status_code == 200
    assert f"/console/reports/{later.code}/#s-" in page.content.decode()


def test_compares_only_two_reports_of_one_place(client, both, noon):
    earlier, _ = both
    elsewhere = published("七里河区2025年工作总结\n甘肃省兰州市七里河区设立服务窗口5个。\n", noon)
    nowhere = [published(f"第{n}份\n{town.TEXT}", noon) for n in (1, 2)]

    assert client.get(address(earlier, elsewhere)).status_code == 404
    assert client.get(address(earlier, earlier)).status_code == 404
    assert client.get(address(*nowhere)).status_code == 404


def test_asks_the_database_twice(client, both, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address(*both))


def test_never_loads_a_reading_into_the_picker(client, both):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/reports/{both[0].code}/")

    assert sum('"reading"' in query["sql"] for query in asked) == 1
