"""Shapes for tests: files of squares in the three formats, a town of four quarters, layers brought of them."""

import io
import json
import zipfile

import numpy as np
import shapely
from pyogrio import raw

from linli.atlas.actions.layers import LayerDraft, import_layer
from linli.atlas.models import Layer, Shape
from linli.kernel.actors import Role, system
from linli.kernel.codes import new_code
from tests.town import directory
from tests.town.staff import actor

NUMBER = "甘S(2026)12号"
SOURCE, LICENCE = "市自然资源局 2026 年", "使用协议 2026-3"
# Four quarters that meet in one point: north-west, north-east, south-west, south-east.
QUARTERS = {"620102": (0, 1), "620103": (1, 1), "620104": (0, 0), "620105": (1, 0)}
NAMES = dict(zip(QUARTERS, ("城关区", "七里河区", "西固区", "安宁区"), strict=True))
X, Y, SIDE = 103.5, 36.0, 0.1


def planner():
    return actor(Role.PLANNER, name="规划员")


def town():
    """Return the city that these four are parts of."""
    city = directory.area("620100", name="兰州市")
    for code, name in NAMES.items():
        directory.area(code, name=name, level="county", parent=city)
    return city


def quarter(code):
    column, row = QUARTERS[code]
    return shapely.box(
        X + column * SIDE, Y + row * SIDE, X + (column + 1) * SIDE, Y + (row + 1) * SIDE
    )


def quarters():
    return {code: quarter(code) for code in QUARTERS}


def feature(shape, **said):
    geometry = shape.__geo_interface__ if shape is not None else None
    return {"type": "Feature", "properties": said, "geometry": geometry}


def geojson(features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def town_file(**more):
    """The four quarters as GeoJSON."""
    return geojson(feature(shape, code=code, **more) for code, shape in quarters().items())


def written(driver, *, crs="EPSG:4490", folder, shapes=None, **columns):
    """Return a GeoPackage or a zipped Shapefile of these shapes."""
    shapes = shapes or quarters()
    columns = {"code": list(shapes)} | columns
    path = folder / ("town.gpkg" if driver == "GPKG" else "town.shp")
    raw.write(
        path,
        geometry=shapely.to_wkb(np.array(list(shapes.values()))),
        field_data=[np.array(values, dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs=crs,
        driver=driver,
    )
    if driver == "GPKG":
        return path.read_bytes()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as pack:
        for one in sorted(folder.glob("town.*")):
            pack.write(one, f"map/{one.name}")
    return zipped.getvalue()


def draft(data=None, **overrides):
    given = {
        "data": data or town_file(), "name": "兰州市界", "source": SOURCE, "licence": LICENCE,
        "datum": "cgcs2000",
    } | overrides  # fmt: skip
    return LayerDraft(**given)


def layer(*, at, by=None, **overrides):
    town()
    return import_layer(by=by or planner(), at=at, draft=draft(**overrides))


def shown(*, at, **overrides):
    """A layer that everybody sees."""
    return layer(at=at, **{"public": True, "approval_no": NUMBER} | overrides)


def invented(*, at, **overrides):
    given = {"name": "虚构边界", "fictional": True, "public": True} | overrides
    return layer(at=at, by=system("demo"), **given)


def row(**overrides):
    """A layer as a row, without asking any action."""
    given = {
        "code": "7K3M-92QD", "name": "界", "kind": "areas", "source": "甲", "licence": "乙",
        "datum": "wgs84", "digest": "0" * 64, "vertices": 5, "vertices_drawn": 5,
        "by_name": "甲", "by_role": "planner", "by_unit": "乙",
    } | overrides  # fmt: skip
    return Layer(**given)


def kept(*, at, shapes, public=False, **overrides):
    """Return a layer with these shapes of areas that are there, as rows, without asking any action."""
    given = {"code": new_code(), "approval_no": NUMBER if public else ""} | overrides
    layer = row(at=at, **given)
    layer.save()
    for code, shape in shapes.items():
        west, south, east, north = shape.bounds
        geometry = shape.__geo_interface__
        Shape.objects.create(
            layer=layer, area_id=code, geometry=geometry, outline=geometry, west=west, south=south,
            east=east, north=north, centre_x=shape.centroid.x, centre_y=shape.centroid.y,
        )  # fmt: skip
    if public:
        Layer.objects.filter(pk=layer.pk).update(public=True)
    return Layer.objects.get(pk=layer.pk)
