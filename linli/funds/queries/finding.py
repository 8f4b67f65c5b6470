"""What of public money everybody can find: published funds, projects, lines of projects and collections."""

from typing import Final

from linli.directory.queries.titled import Kind
from linli.funds.models import Collection, Fund, Programme, Project

KINDS: Final = (
    Kind(
        "funds",
        "funds:fund",
        lambda _at: Fund.objects.published().order_by("name", "pk"),
        title="name",
        beside="unit__name",
        also=("purpose", "unit__name"),
        area="area",
    ),
    Kind(
        "projects",
        "funds:project",
        lambda _at: Project.objects.published().order_by("name", "pk"),
        title="name",
        beside="receiving__name",
        also=("receiving__name", "giving__name", "purpose"),
        area="receiving",
    ),
    Kind(
        "programmes",
        "funds:programme",
        lambda _at: Programme.objects.published().order_by("name", "pk"),
        title="name",
        beside="unit__name",
        also=("purpose",),
        area="area",
    ),
    Kind(
        "collections",
        "funds:gift_collection",
        lambda _at: Collection.objects.published().order_by("-published_at", "-pk"),
        beside="fund__unit__name",
        also=("purpose",),
        area="fund__area",
    ),
)
