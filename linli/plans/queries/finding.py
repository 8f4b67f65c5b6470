"""What of the plans everybody can find: promised tasks of published programmes."""

from typing import Final

from linli.directory.queries.titled import Kind
from linli.plans.queries.published import published_tasks

KINDS: Final = (
    Kind(
        "promises",
        "plans:public_promise",
        lambda at: published_tasks(at).order_by("-promised_at", "-pk"),
        beside="lead__name",
        also=("measure__title",),
        area="measure__programme__area",
    ),
)
