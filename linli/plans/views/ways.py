"""What the console pages of plans share: the way back, and the words of a search."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Sent:
    """Forms of a page that came back with something wrong, by their names there."""

    wrong: Mapping[str, Form] = field(default_factory=dict)
    status: int = 200


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, an empty one too; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the desk to a page."""
    return [(_("Desk"), reverse("portal:console")), *steps]


def words_asked(request: HttpRequest) -> str:
    """Return the words that the address searches for."""
    return request.GET.get("words", "")[:100].replace("\0", "").strip()
