"""What of the atlas everybody can find: released tables, and exhibitions by what their newest edition says."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KT

from linli.atlas.models import ExhibitionEdition, Release
from linli.directory.queries.titled import Kind


def _open(_at: datetime) -> QuerySet[ExhibitionEdition]:
    """What the draft says that nobody has opened yet is not asked."""
    newer = ExhibitionEdition.objects.filter(
        exhibition=OuterRef("exhibition"), number__gt=OuterRef("number")
    )
    shown = ExhibitionEdition.objects.filter(~Exists(newer), exhibition__closed_at=None)
    return shown.annotate(
        hans=KT("content__title__zh-hans"),
        hant=KT("content__title__zh-hant"),
        en=KT("content__title__en"),
        kept_by=F("exhibition__unit__name"),
    ).order_by("-pk")


KINDS: Final = (
    Kind(
        "releases",
        "atlas:release",
        lambda _at: Release.objects.released().order_by("-decided_at", "-pk"),
        title="product__name",
        beside="product__scope__name",
        also=("product__name_hant", "product__name_en"),
        area="product__scope",
    ),
    Kind(
        "exhibitions",
        "atlas:exhibition",
        _open,
        title="hans",
        beside="kept_by",
        also=("hant", "en"),
        area="exhibition__unit__area",
        code="exhibition__code",
    ),
)
