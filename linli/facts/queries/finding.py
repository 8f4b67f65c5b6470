"""What of the facts everybody can find: public indicators of which something is known."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from linli.directory.queries.titled import Kind
from linli.facts.models import Fact, Indicator, IndicatorQuerySet


def _known(_at: datetime) -> IndicatorQuerySet:
    facts = Fact.objects.current().filter(indicator=OuterRef("pk"))
    return Indicator.objects.public().filter(Exists(facts)).order_by("code")


KINDS: Final = (
    Kind(
        "figures",
        "facts:public_indicator",
        _known,
        title="name",
        beside="code",
        also=("name_hant", "name_en", "code"),
        codes=False,
    ),
)
