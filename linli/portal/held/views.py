"""The public page "What we hold": made of the register, so that it says what is true."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.cases.models import Topic
from linli.kernel.text import Words
from linli.portal.held import words
from linli.portal.held.cookies import COOKIES
from linli.portal.held.register import Held, register

_HALF_A_YEAR = 180  # what a topic promises that says nothing else


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is held, in words."""

    what: Words
    sealed: bool
    rank: Words
    purpose: Words
    basis: Words
    kept: str
    owner: Words
    columns: str


@require_safe
@vary_on_cookie
def held(request: HttpRequest) -> HttpResponse:
    """Say what is held, why, on what ground, how long and who answers for it."""
    longest = Topic.objects.asked_for().aggregate(most=Max("kept_days"))["most"]
    numbers = words.NUMBERS | {"most": longest or _HALF_A_YEAR}
    parts = [
        (name, title, [_row(one, numbers) for one in register() if one.part == name])
        for name, title in words.PARTS.items()
    ]
    return render(request, "portal/held.html", {"parts": parts, "cookies": COOKIES})


def _row(one: Held, numbers: Mapping[str, int]) -> Row:
    tables: dict[str, list[str]] = {}
    for model, field in one.columns:
        tables.setdefault(model, []).append(field)
    return Row(
        what=words.WHAT[one.what],
        sealed=one.sealed,
        rank=words.CLASSES[one.rank],
        purpose=words.PURPOSES[one.purpose],
        basis=words.BASES[one.basis],
        kept=str(words.KEPT[one.kept]) % numbers,
        owner=words.OWNERS[one.owner],
        columns="; ".join(f"{model}: {', '.join(fields)}" for model, fields in tables.items()),
    )
