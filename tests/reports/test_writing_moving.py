"""A draft moves to the newer version of its template, and nothing that was written is lost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.reports.actions import templates, writing
from linli.reports.models import HandText, LaidText, Publication
from linli.reports.queries.papers import paper_of
from linli.reports.rules.writing.moving import places_kept
from linli.reports.rules.writing.reading import read_text
from tests.town import writing as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db
LATER = town.AT + timedelta(hours=1)


def asks(*abouts):
    return "\n\n".join(f"{{{{by hand: {about}}}}}" for about in abouts)


OLD, NEW = asks("主要做法", "存在问题", "下步打算"), asks("下步打算", "亮点", "主要 做法")
WRITTEN = ("办班送到社区。", "师资不足。", "增开两期。")


def drafted():
    """Return a draft of three passages whose template has a newer version."""
    made = town.written(town.template(OLD))
    town.passages(made, *WRITTEN)
    newer(made.version.template)
    made.refresh_from_db()
    return made


def newer(template, text=NEW):
    template.refresh_from_db()
    templates.change_template(
        by=town.officer(), at=LATER, template=template, base=template.version, draft=town.draft(text)
    )  # fmt: skip


def moved(made, *, by=None, base="", to=2, places=None):
    return writing.move_report(
        by=by or town.officer(), at=LATER, written=made, base=base or made.changed_at.isoformat(),
        to=to, places={1: 3, 3: 1} if places is None else places,
    )  # fmt: skip


def kept(made):
    return (
        dict(made.by_hand.values_list("number", "text")),
        list(made.laid.values_list("version", "about", "text")),
    )


@given(
    st.lists(st.sampled_from("甲乙丙丁"), max_size=6),
    st.lists(st.sampled_from("甲乙丙丁"), max_size=6),
)
def test_keeps_each_place_once_and_only_for_the_same_question(was, now):
    found = places_kept(read_text(asks(*was)), read_text(asks(*now)))

    assert len({*found.values()}) == len(found)
    assert all(was[old - 1] == now[new - 1] for old, new in found.items())
    assert len(found) == sum(min(was.count(one), now.count(one)) for one in {*was})


def test_puts_what_stays_into_its_place_and_lays_the_rest_beside():
    made = drafted()
    moved(made)

    made.refresh_from_db()
    assert (made.version.number, made.changed_at, made.changed_by) == (2, LATER, "经办人")
    assert kept(made) == (
        {1: "增开两期。", 3: "办班送到社区。"}, [(1, "存在问题", "师资不足。")],
    )  # fmt: skip


def test_keeps_what_was_laid_beside_when_it_moves_again():
    made = drafted()
    moved(made)
    newer(made.version.template, asks("别的"))
    made.refresh_from_db()
    moved(made, to=3, places={})

    assert kept(made) == (
        {},
        [
            (2, "下步打算", "增开两期。"),
            (2, "主要 做法", "办班送到社区。"),
            (1, "存在问题", "师资不足。"),
        ],
    )


def test_leaves_what_is_published_as_it_is():
    town.two_years()
    made = town.report()
    before = paper_of(made)
    newer(made.version.template)
    made.refresh_from_db()
    moved(made, places={1: 3})

    assert paper_of(made) == before
    assert kept(made)[0] == {3: "办班送到社区。"}


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("changed_meanwhile", {"base": "2020"}),
        ("changed_meanwhile", {"to": 1}),
        ("unknown_passage", {"places": {1: 9}}),
        ("two_in_one_place", {"places": {1: 1, 3: 1}}),
        ("not_own_unit", {"by": town.officer("嘉峪关市教育局")}),
        ("not_allowed", {"by": town.actor(Role.SUPERVISOR)}),
    ],
)
def test_refuses_to_move(code, how):
    made = drafted()
    before = kept(made)
    with pytest.raises(Refused, match=f"^{code}$"):
        moved(made, **how)
    made.refresh_from_db()
    assert (kept(made), made.version.number) == (before, 1)


def test_refuses_to_move_into_what_is_wrong_or_no_newer():
    made = drafted()
    newer(made.version.template, "{{a.b as=poem}}")
    with pytest.raises(Refused, match=r"^template_has_errors$"):
        moved(made, to=3)
    newer(made.version.template)
    moved(made, to=4)
    made.refresh_from_db()
    with pytest.raises(Refused, match=r"^not_newer$"):
        moved(made, to=4)
    assert HandText.objects.count() + LaidText.objects.count() == 3


def test_moves_by_the_page(client, django_assert_max_num_queries):
    made = drafted()
    who = account(Role.OFFICER)
    Staff.objects.filter(pk=who.pk).update(unit=town.UNIT)
    client.force_login(who)
    home = f"/console/writing/{made.code}/"
    here = f"{home}move/"
    assert here in client.get(home).content.decode()

    with django_assert_max_num_queries(12):
        page = client.get(here)
    form = page.context["form"]
    assert [form[name].value() for name in form.fields] == [
        made.changed_at.isoformat(), 2, "3", "0", "1",
    ]  # fmt: skip
    assert ([one.about for one in page.context["new"]], [one.about for one in page.context["gone"]]) == (
        ["亮点"], ["存在问题"],
    )  # fmt: skip
    given = {name: form[name].value() for name in form.fields}
    assert client.post(here, given | {"place_1": "7"}).status_code == 422
    assert client.post(here, given | {"place_2": "3"}).status_code == 422
    assert client.post(here, given | {"to": "x" * 9}).status_code == 422
    assert LaidText.objects.count() == 0
    assert client.post(here, given)["Location"] == home

    assert "师资不足。" in client.get(f"{home}edit/").content.decode()
    assert client.get(here)["Location"] == home
    assert client.post(f"{home}remove/").status_code == 302
    assert (LaidText.objects.count(), Publication.objects.count()) == (0, 0)
