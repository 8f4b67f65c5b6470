"""Every address that there is, with parts that lead nowhere."""

from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

PARTS = {"int": "987654321", "uuid": "00000000-0000-4000-8000-000000000000"}
WORDS = ("zzzz", "json", "csv", "1", "zzzz-zzzz", "01/zzzz")


def paths():
    """Yield one path for each pattern."""
    for name, pattern in _patterns(get_resolver(), ()):
        yield _path(name, pattern)


def _patterns(resolver, names):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield (":".join([*names, one.name]) if one.name else ""), one
        else:
            yield from _patterns(one, (*names, one.namespace) if one.namespace else names)


def _path(name, one):
    if not name:
        return f"/{one.pattern}"
    kinds = getattr(one.pattern, "converters", {})
    groups = one.pattern.regex.groupindex
    for word in WORDS:
        parts = {
            group: PARTS.get(
                type(kinds.get(group)).__name__.removesuffix("Converter").lower(), word
            )
            for group in groups
        }
        try:
            return reverse(name, kwargs=parts)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def let_go(answer):
    """Close the file behind an answer, and nothing else: a closed answer closes the database, too."""
    for close in answer._resource_closers:
        close()
