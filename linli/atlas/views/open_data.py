"""Pages of open data: what there is, and what each data set is made of."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.atlas.queries.catalogue import (
    LICENCE,
    THEMES,
    Catalogue,
    Listed,
    catalogue,
    listed,
    publisher,
)
from linli.atlas.queries.open_files import Made
from linli.kernel import city_key
from linli.kernel import open_data as registry
from linli.kernel.text import Words


class Group(NamedTuple):
    """Data sets of one theme."""

    title: Words
    listed: list[Listed]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Show everything that may be taken along."""
    found = catalogue(f"{request.scheme}://{request.get_host()}")
    key = city_key.signer().key
    context = {
        "groups": _groups(found),
        "series": [(one, found.years(one.code)) for one in found.series],
        "single": sum(one.data_set.alone for one in found.listed),
        "collections": found.collections,
        "all": found.all,
        "changed_at": found.changed_at,
        "key": str(key),
        "fingerprint": city_key.fingerprint(key),
        "licence": LICENCE,
        "publisher": found.publisher,
        "trail": [(_("Home"), reverse("portal:home")), (_("Open data"), "")],
    }
    return render(request, "atlas/open_data.html", context)


@require_safe
def data_set(request: HttpRequest, code: str) -> HttpResponse:
    """Show one data set: what stands in each column, its forms, how to check and to cite it."""
    one = listed(code)
    if one is None:
        raise Http404(code)
    context = {
        "one": one.data_set,
        "made": one.made,
        "forms": _forms(one.made),
        "collection": registry.collections().get(code.removeprefix("food-")),
        "licence": LICENCE,
        "publisher": publisher(),
        "address": f"{request.scheme}://{request.get_host()}{request.path}",
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Open data"), reverse("atlas:open_data")),
            (one.data_set.title, ""),
        ],
    }
    return render(request, "atlas/data_set.html", context)


def _groups(found: Catalogue) -> list[Group]:
    """Return the data sets that stand for themselves by theme: years stand with their series, single indicators elsewhere."""
    own = [one for one in found.listed if not one.data_set.series and not one.data_set.alone]
    themes: Iterable[str] = {**THEMES, **dict.fromkeys(one.data_set.theme for one in own)}
    groups = [
        Group(THEMES.get(theme, theme), [one for one in own if one.data_set.theme == theme])
        for theme in themes
    ]
    return [group for group in groups if group.listed]


def _forms(made: Made | None) -> list[tuple[str, int | None, str]]:
    """Return ending, size and digest of each form; of one that was never made only the ending is known."""
    forms = made.forms if made else {}
    return [
        (ending, forms[ending].size if ending in forms else None, forms[ending].digest if ending in forms else "")
        for ending in ("csv", "parquet")
    ]  # fmt: skip
