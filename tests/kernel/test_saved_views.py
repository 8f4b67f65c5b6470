"""Saved views: one's own, shared with the unit, one of them first."""

import pytest

from linli.kernel import saved_views
from linli.kernel.actors import Role
from linli.kernel.models import SavedView, Staff
from linli.kernel.refusals import Refused
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
PAGE = "plans:ledger"


def save(owner, at, name="红灯", *, by=None, **given):
    asked = {"page": PAGE, "query": "lamp=red"} | given
    draft = saved_views.ViewDraft(name=name, **asked)
    return saved_views.save_view(by=by or owner.actor, at=at, owner=owner, draft=draft)


def refused(code, deed, **given):
    before = list(SavedView.objects.values())
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert list(SavedView.objects.values()) == before


@pytest.mark.parametrize("role", [Role.PLANNER, Role.CLERK, Role.ADMINISTRATOR])
def test_saves_replaces_and_forgets(noon, role):
    owner = account(role)

    save(owner, noon, " 我的  红灯 ", query="?lamp=red")
    view = save(owner, noon, "我的 红灯", query="year=2026")

    assert (SavedView.objects.get(), view.name, view.query) == (view, "我的 红灯", "year=2026")
    saved_views.forget_view(by=owner.actor, at=noon, view=view)
    assert not SavedView.objects.exists()


def test_refuses_what_is_no_view(noon):
    owner, other = account(), actor(Role.PLANNER, name="乙")
    view = save(owner, noon)
    given = {"at": noon, "owner": owner}

    refused("no_name", save, **given, name=" \0")
    refused("query_too_long", save, owner=owner, at=noon, name="x", query="x" * 501)
    refused("not_yours", save, **given, by=other, name="y")
    for deed, more in (
        (saved_views.forget_view, {}),
        (saved_views.open_with, {"first": True}),
        (saved_views.share_view, {"shared": True}),
    ):
        refused("not_yours", deed, by=other, at=noon, view=view, **more)


def test_keeps_thirty_of_one_list_at_most(noon):
    owner = account()
    for number in range(30):
        save(owner, noon, str(number))

    refused("too_many_views", save, owner=owner, at=noon, name="more")
    save(owner, noon, "more", page="trace:alerts")


def test_opens_a_list_with_one_view(noon):
    owner = account()
    one, other = save(owner, noon, "一", first=True), save(owner, noon, "二", first=True)

    assert [view.first for view in SavedView.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")] == [False, True]  # fmt: skip
    saved_views.open_with(by=owner.actor, at=noon, view=one, first=True)
    assert SavedView.objects.get(first=True) == one
    saved_views.open_with(by=owner.actor, at=noon, view=one, first=False)
    assert not SavedView.objects.filter(first=True).exists()


def test_shares_with_the_own_unit_alone(noon):
    owner = account()
    view = save(owner, noon)
    colleague = account(Role.OFFICER)
    stranger = Staff.objects.create(
        username="z", name="丙", role="officer", unit="别局", password="x"
    )

    assert list(saved_views.views_for(colleague, PAGE)) == []
    saved_views.share_view(by=owner.actor, at=noon, view=view, shared=True)
    assert list(saved_views.views_for(colleague, PAGE)) == [view]
    assert list(saved_views.views_for(stranger, PAGE)) == []
    assert list(saved_views.views_for(colleague, "trace:alerts")) == []
