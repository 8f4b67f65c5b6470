import pytest

from linli.facts.models import Fact
from linli.kernel.actors import Role
from linli.plans.models import Programme, Task
from linli.reports.models import Taken, Verdict
from tests.town import directory, flows
from tests.town import plans as ledger
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


@pytest.fixture
def report(noon):
    return flows.jiayuguan(at=noon)


def address(report, rest=""):
    return f"/console/reports/{report.code}/review/{rest}"


def press(client, report, **posted):
    query = posted.pop("query", "")
    return client.post(address(report, f"decide/{query}"), posted)


def shown(page):
    return [row["item"].id for row in page.context["rows"]]


def test_shows_every_item_beside_the_text(planner, report):
    page = planner.get(address(report))

    assert page.status_code == 200
    everything = {m["id"] for m in report.reading["measures"]}
    everything |= {f["id"] for f in report.reading["figures"]}
    assert set(shown(page)) == everything
    html = page.content.decode()
    assert 'id="s-f3"' in html
    assert 'href="#s-f3"' in html


def test_leads_to_the_review_from_the_reading(planner, report):
    assert address(report) in planner.get(f"/console/reports/{report.code}/").content.decode()


@pytest.mark.parametrize(
    ("query", "items"),
    [
        ("?kind=planned", ["m6", "m7", "m8"]),
        ("?state=out_of_scope", ["m5"]),
        ("?kind=figure&state=accept", []),
        ("?section=0", ["m6", "f7", "m7", "m8"]),
        ("?state=nonsense", "all"),
        ("?section=99&page=x", "all"),
    ],
)
def test_filters_by_address(planner, report, query, items):
    found = shown(planner.get(address(report, query)))

    assert found == items if items != "all" else len(found) == 15


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_decides_one_item(planner, report, verb):
    answer = press(planner, report, one=f"{verb}:m6", query="?kind=planned")

    assert answer.url == f"{address(report)}?kind=planned#i-m6"
    assert flows.states(report)["m6"] == verb


def test_keeps_what_was_suggested_with_the_decision(planner, report):
    press(planner, report, one="accept:m6")

    becomes = Verdict.objects.get().becomes
    assert (becomes["title"], becomes["due_on"]) == (
        "市人社局举办专场招聘会不少于5场",
        "2026-12-31",
    )
    assert becomes["lead"] == directory.unit().code


def test_decides_the_chosen_ones_at_once(planner, report):
    press(planner, report, verb="accept", item=["f1", "f3", "m7"])

    states = flows.states(report)
    assert [item for item, state in states.items() if state == "accept"] == ["f1", "f3", "m7"]
    assert len({row.at for row in Verdict.objects.all()}) == 1


def test_accepts_what_is_suggested_of_those_shown(planner, report):
    press(planner, report, shown="accept", query="?kind=figure")

    states = flows.states(report)
    accepted = {item for item, state in states.items() if state == "accept"}
    assert accepted == {"f1", "f2", "f3", "f4", "f7"}


def test_rejects_all_open_ones_shown(planner, report):
    press(planner, report, one="accept:m6")
    press(planner, report, shown="reject", query="?kind=planned")

    states = flows.states(report)
    assert [states[item] for item in ("m6", "m7", "m8", "f1")] == [
        "accept",
        "reject",
        "reject",
        "open",
    ]


def test_undoes_one_item_and_the_last_act(planner, report):
    press(planner, report, verb="accept", item=["f1", "f3"])
    press(planner, report, one="reject:f3")

    press(planner, report, one="undo:f3")
    assert flows.states(report)["f3"] == "accept"
    press(planner, report, one="undo_last")

    states = flows.states(report)
    assert (states["f1"], states["f3"]) == ("open", "open")


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"one": "accept:m5"}, "watching people"),
        ({"verb": "accept", "item": ["f1", "m5"]}, "watching people"),
        ({"one": "merge:m5:7K3M-92QD"}, "not there"),
        ({"verb": "accept"}, "at least one"),
        ({"one": "publish:f1"}, "no decision"),
        ({"one": "undo_last"}, "no decision here to undo"),
        ({"one": "merge:m6:7K3M-92QD"}, "not there"),
        ({}, "at least one"),
    ],
)
def test_refuses_with_a_sentence_and_writes_nothing(planner, report, posted, sentence):
    page = planner.post(f"/en{address(report, 'decide/')}", posted)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Verdict.objects.count() == 0


def test_answers_an_unknown_item_with_not_found(planner, report):
    assert press(planner, report, one="reject:x9").status_code == 404


def test_offers_nothing_for_what_is_out_of_scope(planner, report):
    page = planner.get(address(report, "?state=out_of_scope"))

    html = page.content.decode()
    assert "建立了少数民族流动人口信息系统" in html
    for offered in ("accept:m5", "merge:m5", "review/m5/", 'value="m5"'):
        assert offered not in html
    assert page.context["rows"][0]["instead"]
    assert planner.get(address(report, "m5/")).status_code == 404
    assert planner.get(address(report, "m5/merge/")).status_code == 404


def test_asks_for_what_is_missing_before_it_accepts(planner, noon):
    report = flows.jiayuguan(at=noon, text="嘉峪关市工作综述\n市人社局举办专场招聘会3场。\n")

    assert planner.get(address(report)).context["rows"][1]["lacks"]
    assert press(planner, report, one="accept:f1").status_code == 422
    press(planner, report, one="accept:f1", query="?period=2025")
    assert Verdict.objects.get().becomes["period"] == "2025"


def test_corrects_a_figure(planner, report):
    flows.fairs()
    form = planner.get(address(report, "f4/"))
    assert form.context["form"].initial["period"] == "2025"

    given = {"indicator": "jobs.fairs", "name": "", "value": "1,500", "bound": "at_least"}
    answer = planner.post(address(report, "f4/?kind=figure"), given | {"period": "2025-06"})

    assert answer.url == f"{address(report)}?kind=figure#i-f4"
    becomes = Verdict.objects.get().becomes
    assert becomes == {
        "as": "fact", "indicator": "jobs.fairs", "name": "", "unit": "session", "unit_kind": "count",
        "value": "1,500", "bound": "at_least", "period": "2025-06",
    }  # fmt: skip


def test_corrects_a_measure(planner, report):
    other = directory.unit(ledger.OTHER)
    given = {"title": "扩建服务站", "kind": "task", "lead": other.code, "sense": "at_least"}
    given |= {"responsible": [other.code, directory.unit().code], "due_on": "2026-06-30"}

    planner.post(address(report, "m7/"), given)

    becomes = Verdict.objects.get().becomes
    assert becomes["lead"] == other.code
    assert becomes["responsible"] == [directory.unit().code]
    assert (becomes["title"], becomes["due_on"]) == ("扩建服务站", "2026-06-30")


@pytest.mark.parametrize(
    ("item", "given", "field"),
    [
        ("f4", {"value": "many", "bound": "exact", "period": "2025", "name": "岗位"}, "value"),
        ("f4", {"value": "3", "bound": "exact", "period": "spring", "name": "岗位"}, "period"),
        ("f4", {"value": "3", "bound": "exact", "period": "2025"}, "name"),
        ("f4", {"value": "1e40", "bound": "exact", "period": "2025", "name": "岗位"}, "value"),
        ("m7", {"kind": "task", "sense": "at_least"}, "title"),
        ("m7", {"kind": "task", "sense": "at_least", "title": "扩建", "target": "3"}, "indicator"),
        ("m7", {"kind": "task", "sense": "at_least", "title": "扩建", "due_on": "soon"}, "due_on"),
    ],
)
def test_says_what_is_wrong_with_a_correction(planner, report, item, given, field):
    page = planner.post(address(report, f"{item}/"), given)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert Verdict.objects.count() == 0


def test_refuses_words_about_watching_people_in_a_correction(planner, report):
    given = {"title": "对流动人口实行网格化管理", "kind": "task", "sense": "at_least"}

    page = planner.post(address(report, "m7/"), given)

    assert page.status_code == 422
    assert Verdict.objects.count() == 0


def test_merges_with_a_task_that_it_is_like(planner, report, noon):
    task = ledger.task(at=noon, title="举办专场招聘会5场")

    page = planner.get(address(report, "?kind=planned"))
    assert page.context["rows"][0]["candidates"][0]["code"] == task.code
    press(planner, report, one=f"merge:m6:{task.code}")

    assert Verdict.objects.get().becomes == {"into": task.code}


def test_finds_something_to_merge_with(planner, report, noon):
    task = ledger.task(at=noon, title="开通便民热线")
    ledger.task(at=noon, title="扩建图书馆", measure=task.measure)

    page = planner.get(address(report, "m6/merge/?words=便民"))
    assert [each.code for each, _ in page.context["found"]] == [task.code]
    planner.post(address(report, "m6/merge/"), {"into": task.code})

    assert flows.states(report)["m6"] == "merge"
    assert planner.post(address(report, "m7/merge/"), {}).status_code == 422


def test_takes_over_into_a_new_programme(planner, report):
    press(planner, report, shown="accept")
    page = planner.get(address(report, "take/"))
    suggested = page.context["form"].initial
    assert suggested["title"] == "嘉峪关市2026年工作打算"

    given = {name: str(value) for name, value in suggested.items()}
    answer = planner.post(address(report, "take/"), given)

    assert answer.url == f"{address(report)}?state=taken"
    programme = Programme.objects.get()
    assert (str(programme.starts_on), str(programme.ends_on)) == ("2026-01-01", "2026-12-31")
    page = planner.get(answer.url)
    links = {row["item"].id: row["taken"]["address"] for row in page.context["rows"]}
    assert links["f3"] == f"/c/{Taken.objects.get(item='f3').code}"
    assert links["m6"] == f"/console/tasks/{Taken.objects.get(item='m6').code}/"
    for link in set(links.values()):
        assert planner.get(link).status_code == 200


def test_takes_over_into_a_programme_that_is_there(planner, report, noon):
    programme = ledger.programme(at=noon)
    press(planner, report, one="accept:m7")

    planner.post(address(report, "take/"), {"programme": programme.code})

    assert Task.objects.get().measure.programme == programme


def test_takes_figures_without_a_programme(planner, report):
    press(planner, report, one="accept:f3")

    planner.post(address(report, "take/"))

    assert Fact.objects.get().value == 3
    assert not Programme.objects.exists()


def test_says_what_a_new_programme_needs(planner, report):
    press(planner, report, one="accept:m7")

    page = planner.post(address(report, "take/"), {"title": "计划"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"starts_on", "ends_on"}
    assert not Taken.objects.exists()


def test_says_that_nothing_waits(planner, report):
    assert planner.get(address(report, "take/")).status_code == 200
    assert planner.post(address(report, "take/")).status_code == 422


def test_answers_htmx_with_the_list_alone(planner, report):
    page = planner.post(
        address(report, "decide/"), {"one": "accept:m6"}, headers={"hx-request": "true"}
    )

    html = page.content.decode()
    assert html.lstrip().startswith('<div class="review__items"')
    assert "<html" not in html
    drawer = planner.get(address(report, "f3/"), headers={"hx-request": "true"})
    assert "<html" not in drawer.content.decode()


PAGES = ("", "f3/", "f3/merge/", "take/")


@pytest.mark.parametrize("rest", PAGES)
def test_keeps_the_public_out(client, report, rest):
    assert client.get(address(report, rest)).status_code == 302
    assert client.post(address(report, rest or "decide/")).status_code == 302
    assert Verdict.objects.count() == 0


def test_lets_an_officer_decide_and_not_take(client, report):
    client.force_login(account(Role.OFFICER))

    press(client, report, one="accept:f3")
    assert client.get(address(report, "f3/")).status_code == 200
    assert client.get(address(report, "take/")).status_code == 403
    assert client.post(address(report, "take/")).status_code == 403

    assert flows.states(report)["f3"] == "accept"
    assert "/take/" not in client.get(address(report)).content.decode()


def test_lets_a_supervisor_look_and_nothing_else(client, report):
    client.force_login(account(Role.SUPERVISOR))

    html = client.get(address(report)).content.decode()
    assert 'name="one"' not in html
    assert 'name="verb"' not in html
    assert press(client, report, one="accept:f3").status_code == 403
    for rest in PAGES[1:]:
        assert client.get(address(report, rest)).status_code == 403
    assert Verdict.objects.count() == 0


def test_asks_the_database_the_same_however_long_the_report(
    planner, noon, django_assert_max_num_queries
):
    many = "".join(f"市人社局举办专场招聘会{n}场,提供岗位{n}个。\n" for n in range(2, 60))
    report = flows.jiayuguan(at=noon, text=f"嘉峪关市2025年工作总结\n{many}")

    with django_assert_max_num_queries(18):
        page = planner.get(address(report))
    assert len(page.context["rows"]) == 100
    assert page.context["page"].has_next()


def test_shows_an_empty_report_as_a_page_of_ours(planner, noon):
    report = flows.jiayuguan(at=noon, text="嘉峪关市工作综述\n今天天气晴朗。\n")

    page = planner.get(address(report))

    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()
