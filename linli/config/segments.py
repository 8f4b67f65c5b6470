"""Addresses found by the words they begin with: of a thousand, a request is held against the few that begin as it does."""

from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile
from typing import Final, TypeAlias

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import ResolverMatch, RoutePattern

_MOST: Final = 3  # words that are looked at
_Words: TypeAlias = tuple[str, ...]


def engine(urls: str) -> "BySegment":
    """Return the addresses of one engine for `urlpatterns`, as `path("", include(urls))` would."""
    module, app, namespace = include(urls)
    return BySegment(RoutePattern("", is_endpoint=False), module, {}, app, namespace)


class BySegment(URLResolver):
    """The addresses of one engine: those that can be meant are asked in their order, by Django's own resolver."""

    def resolve(self, path: str) -> ResolverMatch:
        """Return what an address means; raises Resolver404 where it means nothing here."""
        words = _padded(str(path).split("/", _MOST))
        while words not in self._known:
            words = words[:-1]
        if words not in self._parts:
            self._parts[words] = self._part(words)
        return self._parts[words].resolve(path)

    @cached_property
    def _parts(self) -> dict[_Words, URLResolver]:
        """What was asked for so far: at most as many as there are beginnings."""
        return {}

    @cached_property
    def _begins(self) -> list[tuple[set[_Words], URLPattern | URLResolver]]:
        return [({*_beginnings(one)}, one) for one in self.url_patterns]

    @cached_property
    def _known(self) -> set[_Words]:
        said = (words for begins, _one in self._begins for words in begins)
        return {()} | {words[:count] for words in said for count in range(1, len(words) + 1)}

    def _part(self, words: _Words) -> URLResolver:
        """Return those of which a beginning is a beginning of these words."""
        meant = [
            one for begins, one in self._begins if any(words[: len(had)] == had for had in begins)
        ]
        return URLResolver(self.pattern, meant, self.default_kwargs, self.app_name, self.namespace)


def _padded(words: list[str]) -> _Words:
    return (*words, "", "", "")[:_MOST]


def _beginnings(one: URLPattern | URLResolver) -> Iterator[_Words]:
    """Yield the words with which everything begins that a pattern, or one of those below it, matches."""
    route = str(one.pattern) if isinstance(one.pattern, RoutePattern) else "<"
    if isinstance(one, URLPattern):
        yield tuple(takewhile(lambda word: "<" not in word, _padded(route.split("/"))))
    elif route:  # what comes below may be anything
        yield tuple(takewhile(lambda word: "<" not in word, route.split("/")[:-1][:_MOST]))
    else:
        for inner in one.url_patterns:
            yield from _beginnings(inner)
