"""Layers, shapes, layouts: what stands on our maps, whose map it is, and that nobody changes it afterwards."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

_KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
_APPROVAL = r"^[A-Z\u4e00-\u9fff]{0,3}S[\u4e00-\u9fff]{0,3}\((19|20)[0-9]{2}\)[0-9]{1,6}号$"
_BUILDINGS = [
    ("station", "Service station"),
    ("hall", "Service hall"),
    ("centre", "Centre"),
    ("venue", "Venue"),
    ("office", "Office"),
    ("school", "School"),
    ("hospital", "Hospital"),
    ("transport", "Bus or railway station"),
]


def _area(name: str) -> models.Field:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="directory.area", verbose_name="Place"
    )


def _signed() -> list[tuple[str, models.Field]]:
    return [
        ("by_name", models.CharField(max_length=60)),
        ("by_role", models.CharField(max_length=20)),
        ("by_unit", models.CharField(max_length=120)),
        ("at", models.DateTimeField()),
    ]


_LAYER = migrations.CreateModel(
    name="Layer",
    fields=[
        ("id", _KEY),
        *_signed(),
        ("code", models.CharField(editable=False, max_length=9, unique=True)),
        ("name", models.CharField(max_length=120, verbose_name="Name")),
        ("kind", models.CharField(choices=[("areas", "Boundaries of areas"), ("buildings", "Public buildings")], max_length=9, verbose_name="What it holds")),
        ("source", models.CharField(max_length=200, verbose_name="Source")),
        ("licence", models.CharField(max_length=120, verbose_name="Licence")),
        ("approval_no", models.CharField(blank=True, max_length=40, verbose_name="Map approval number")),
        ("datum", models.CharField(choices=[("cgcs2000", "CGCS2000"), ("wgs84", "WGS 84"), ("gcj02", "GCJ-02")], max_length=8, verbose_name="Datum")),
        ("public", models.BooleanField(default=False, verbose_name="Shown to everybody")),
        ("fictional", models.BooleanField(default=False, editable=False, verbose_name="Invented")),
        ("digest", models.CharField(editable=False, max_length=64)),
        ("tolerance", models.PositiveSmallIntegerField(default=0, verbose_name="Simplified to (metres)")),
        ("vertices", models.PositiveIntegerField(editable=False, verbose_name="Points")),
        ("vertices_drawn", models.PositiveIntegerField(editable=False, verbose_name="Points drawn")),
        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
        ("withdrawn_for", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
    ],
    options={
        "ordering": ["-at", "-id"],
        "constraints": [
            models.CheckConstraint(condition=models.Q(("kind__in", ["areas", "buildings"])), name="layer_kind_is_known"),
            models.CheckConstraint(condition=models.Q(("datum__in", ["cgcs2000", "wgs84", "gcj02"])), name="layer_datum_is_known"),
            models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("source", ""), _negated=True), models.Q(("licence", ""), _negated=True)),
                name="layer_says_where_from",
            ),
            models.CheckConstraint(
                condition=models.Q(("public", False), ("fictional", True), models.Q(("approval_no", ""), _negated=True), _connector="OR"),
                name="layer_public_is_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(("approval_no", ""), ("approval_no__regex", _APPROVAL), _connector="OR"), name="layer_approval_is_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(("fictional", False), models.Q(("approval_no", ""), ("name__contains", "虚构")), _connector="OR"),
                name="layer_invented_says_so",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_for", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_for", ""), _negated=True)),
                    _connector="OR",
                ),
                name="layer_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(("vertices__gt", 0), ("vertices_drawn__gt", 0), ("vertices_drawn__lte", models.F("vertices"))),
                name="layer_is_drawn_with_its_points",
            ),
        ],
    },
)

_SHAPE = migrations.CreateModel(
    name="Shape",
    fields=[
        ("id", _KEY),
        ("layer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shapes", to="atlas.layer")),
        ("area", _area("shapes")),
        ("kind", models.CharField(blank=True, choices=_BUILDINGS, max_length=10, verbose_name="Kind")),
        ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
        ("location", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="shapes", to="directory.location")),
        ("height_m", models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="Height (m)")),
        ("geometry", models.JSONField()),
        ("outline", models.JSONField()),
        ("west", models.FloatField()),
        ("south", models.FloatField()),
        ("east", models.FloatField()),
        ("north", models.FloatField()),
        ("centre_x", models.FloatField()),
        ("centre_y", models.FloatField()),
    ],
    options={
        "ordering": ["layer", "area", "name", "id"],
        "constraints": [
            models.UniqueConstraint(condition=models.Q(("kind", "")), fields=("layer", "area"), name="shape_of_an_area_once"),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("height_m", None), ("kind", ""), ("location", None), ("name", "")),
                    models.Q(
                        ("height_m__gt", 0),
                        ("height_m__isnull", False),
                        ("height_m__lte", 1000),
                        ("kind__in", [kind for kind, _words in _BUILDINGS]),
                        models.Q(("name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="shape_is_area_or_public_building",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ("east__lte", 180), ("north__lte", 90), ("south__gte", -90), ("west__gte", -180),
                    ("south__lt", models.F("north")), ("west__lt", models.F("east")),
                ),
                name="shape_is_on_earth",
            ),
        ],
    },
)

_TILE = migrations.CreateModel(
    name="LayoutTile",
    fields=[
        ("id", _KEY),
        *_signed(),
        ("row", models.PositiveSmallIntegerField(verbose_name="Row")),
        ("column", models.PositiveSmallIntegerField(verbose_name="Column")),
        ("by_hand", models.BooleanField(default=False)),
        ("area", _area("tiles")),
        ("parent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tiles_of_parts", to="directory.area")),
    ],
    options={
        "ordering": ["parent", "row", "column"],
        "constraints": [
            models.UniqueConstraint(models.F("parent"), models.F("area"), name="tile_of_a_part_once"),
            models.UniqueConstraint(models.F("parent"), models.F("row"), models.F("column"), name="tile_holds_one_part"),
            models.CheckConstraint(condition=models.Q(("column__lte", 39), ("row__lte", 39)), name="tile_is_on_the_map"),
        ],
    },
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("atlas", "0001_first"), ("directory", "0008_free_times")]

    operations: ClassVar = [
        _LAYER,
        _SHAPE,
        _TILE,
        Never(
            "atlas_layer_never_deleted",
            table="atlas_layer",
            verb="DELETE",
            condition="TRUE",
            message="no layer is removed",
        ),
        # It may be shown to everybody, with its number, and be withdrawn: once each, and never back.
        Never(
            "atlas_layer_stays_as_brought",
            table="atlas_layer",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.source <> OLD.source
                OR NEW.licence <> OLD.licence OR NEW.datum <> OLD.datum OR NEW.fictional <> OLD.fictional
                OR NEW.digest <> OLD.digest OR NEW.tolerance <> OLD.tolerance OR NEW.vertices <> OLD.vertices
                OR NEW.vertices_drawn <> OLD.vertices_drawn OR NEW.by_name <> OLD.by_name OR NEW.by_role <> OLD.by_role
                OR NEW.by_unit <> OLD.by_unit OR NEW.at <> OLD.at OR (OLD.public AND NOT NEW.public)
                OR (OLD.approval_no <> '' AND NEW.approval_no <> OLD.approval_no) OR OLD.withdrawn_at IS NOT NULL""",
            message="a layer stays as it was brought; it is shown or withdrawn once",
        ),
        *append_only("atlas_shape"),
        # What everybody sees is what was approved, whole.
        Never(
            "atlas_shape_comes_before",
            table="atlas_shape",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM atlas_layer l WHERE l.id = NEW.layer_id
                AND (l.public OR l.withdrawn_at IS NOT NULL))""",
            message="nothing is added to a layer that is shown or withdrawn",
        ),
        Never(
            "atlas_shape_is_of_its_layer",
            table="atlas_shape",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM atlas_layer l WHERE l.id = NEW.layer_id
                AND ((l.kind = 'areas') <> (NEW.kind = '')))""",
            message="a layer holds areas or buildings",
        ),
        *(
            Never(
                f"atlas_layouttile_is_a_part_{verb.lower()}",
                table="atlas_layouttile",
                verb=verb,
                condition="""NOT EXISTS (SELECT 1 FROM directory_area a
                    WHERE a.code = NEW.area_id AND a.parent_id = NEW.parent_id)""",
                message="a tile is of a part of its area",
            )
            for verb in ("INSERT", "UPDATE")
        ),
    ]
