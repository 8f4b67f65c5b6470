"""Addresses found by their first words are the very ones that Django finds by asking all of them."""

from itertools import product

import pytest
from django.urls import Resolver404, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import given
from hypothesis import strategies as st

from linli.config.segments import BySegment, engine
from tests.permissions.matrix import addresses

ENGINES = [
    one
    for outer in get_resolver().url_patterns
    for one in (outer, *getattr(outer, "url_patterns", ()))
    if isinstance(one, BySegment)
]
ROUTES = sorted({str(one.pattern) for _name, one in addresses()})
WORDS = sorted({word for route in ROUTES for word in route.split("/")} | {"", "x", "K7", "é", "<"})


def plain(one):
    """Return the same addresses as Django itself would hold them."""
    pattern = RoutePattern("", is_endpoint=False)
    return URLResolver(pattern, one.urlconf_name, {}, one.app_name, one.namespace)


PLAIN = [plain(one) for one in ENGINES]


def meant(resolver, path):
    try:
        found = resolver.resolve(path)
    except Resolver404:
        return None
    return found.func, found.args, found.kwargs, found.view_name, found.route


def filled(route):
    return "/".join("K7" if "<" in word else word for word in route.split("/"))


def test_holds_every_engine():
    assert len(ENGINES) == 15


def test_finds_every_address_of_ours():
    found = 0
    for one, before in zip(ENGINES, PLAIN, strict=True):
        for route in ROUTES:
            for path in (route, filled(route), filled(route).rstrip("/"), f"{filled(route)}x"):
                answer = meant(before, path)
                found += answer is not None
                assert meant(one, path) == answer, path
    assert found > 1000


@given(st.lists(st.sampled_from(WORDS), max_size=5).map("/".join))
def test_finds_what_django_finds(path):
    assert [meant(one, path) for one in ENGINES] == [meant(one, path) for one in PLAIN]


def test_asks_few_of_them():
    """What it is for: a request is held against the few that begin as it does."""
    offers = engine("linli.offers.urls")
    offers.resolve("console/offers/")

    [part] = offers._parts.values()
    assert len(part.url_patterns) < len(offers.url_patterns) / 3


def test_keeps_no_more_than_there_are_beginnings():
    offers = engine("linli.offers.urls")
    for first, second in product(WORDS, WORDS[:60]):
        meant(offers, f"{first}/{second}/")

    assert len(offers._parts) <= len(offers._known)


@pytest.mark.parametrize("path", ["", "/", "//", "\0", "console", "console/"])
def test_means_nothing_where_nothing_is(path):
    assert [meant(one, path) for one in ENGINES] == [meant(one, path) for one in PLAIN]
