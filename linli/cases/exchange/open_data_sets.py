"""What may be taken of cases: which topics there are and what was told in public, as Open311. Counts come as figures."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.open_data import DataSet, Elsewhere

_STANDARD = "https://wiki.open311.org/GeoReport_v2/"


def data_sets() -> Iterator[DataSet]:
    """Yield the door for programs of other cities."""
    json = "application/json"
    yield DataSet(
        "open311",
        _("Topics and public requests"),
        _("Topics that one can ask about, and requests without a word of who asked."),
        "GOVE",
        reverse("cases:ask_what"),
        files=(
            Elsewhere(reverse("cases:open311_services", args=["json"]), json, _("Topics"), _STANDARD),
            Elsewhere(reverse("cases:open311_requests", args=["json"]), json, _("Requests"), _STANDARD),
        ),
    )  # fmt: skip
