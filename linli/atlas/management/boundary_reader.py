"""The program that reads one file of shapes: bytes come in, JSON goes out.

It runs alone, with an empty environment and little memory and time, so that a file that breaks the libraries breaks
this program and nothing else; `queries.boundary_files` starts it. GDAL would open dozens of formats, some of which name
other files: only three reach it, each built anew or looked through first.
"""

import io
import json
import resource
import sqlite3
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from linli.atlas.rules.maps import coverage, datum
from linli.directory.rules.areas import level_of
from linli.kernel.refusals import Refused
from linli.kernel.traits import refuse_traits

NOT_READABLE: Final = 3
_MEMORY = 3 * 1024**3
_SECONDS = 90
_LARGEST_UNPACKED = 400 * 1024 * 1024
_MOST = 5_000
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DEGREES = {"EPSG:4326", "EPSG:4490", "OGC:CRS84"}
_OURS = 4490  # CGCS2000
# Where a file says of an area, not of a person, where it lies.
_OF_PLACES = {"longitude", "latitude"}

FIELDS: Final = {
    "code": (
        "code",
        "adcode",
        "pac",
        "代码",
        "代碼",
        "区划代码",
        "區劃代碼",
        "行政区划代码",
        "地点",
    ),
    "name": ("name", "名称", "名稱"),
    "kind": ("kind", "类型", "類型", "类别"),
    "height": ("height_m", "height", "高度", "高度(米)"),
    "location": ("location", "place", "服务点"),
}


class NoFile(Exception):
    """A file that cannot be taken; its code stands as the only argument."""


def main() -> int:
    """Read, mend, write; return what the parent is told."""
    for limited, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limited, (limit, limit))
    said, kind, metres = sys.argv[1:]
    told = answer(sys.stdin.buffer.read(), said=said, kind=kind, metres=int(metres))
    if told is None:
        return NOT_READABLE
    sys.stdout.write(json.dumps(told, ensure_ascii=True))
    return 0


def answer(data: bytes, *, said: str, kind: str, metres: int) -> dict[str, Any] | None:
    """Return what `read` does, or the code of its no; None for what no library could read."""
    try:
        return read(data, said=said, kind=kind, metres=metres)
    except NoFile as error:
        return {"refused": str(error)}
    except Refused as error:
        return {"refused": error.code}
    except Exception:  # noqa: BLE001 - whatever a library says about a stranger's bytes, it is a no
        return None


def read(data: bytes, *, said: str, kind: str, metres: int) -> dict[str, Any]:
    """Return every feature of a file with its geometry, its outline and what is wrong with it.

    said: the datum that the file is in; kind: areas or buildings; metres: how far an outline may be off.
    Raises NoFile, or Refused for a table of people.
    """
    rows = list(_features(data))
    if not rows:
        raise NoFile("nothing_in_it")
    if len(rows) > _MOST:
        raise NoFile("too_many_shapes")
    columns = {name for _shape, said_of in rows for name in said_of}
    text = "\n".join(str(value) for _shape, said_of in rows for value in said_of.values())
    refuse_traits([one for one in columns if one.lower() not in _OF_PLACES], text=text)
    known = [(shape, _known(said_of)) for shape, said_of in rows]
    brought = {str(at): shape for at, (shape, _said) in enumerate(known)}
    made = coverage.mended(brought, datum.true_place if said == "gcj02" else None)
    drawn = _outlined(made, known, metres) if kind == "areas" else dict(made.shapes)
    return {
        "features": [_told(str(at), said_of, made, drawn) for at, (_shape, said_of) in enumerate(known)],
        "vertices": coverage.points_of(list(made.shapes.values())),
        "vertices_drawn": coverage.points_of(list(drawn.values())),
    }  # fmt: skip


def _outlined(made: coverage.Mended, known: list[Any], metres: int) -> dict[str, Any]:
    """Fit the areas of each level to each other, and draw them with fewer points."""
    levels: dict[str, list[str]] = {}
    for key in made.shapes:
        levels.setdefault(_level(known[int(key)][1].get("code", "")), []).append(key)
    drawn: dict[str, Any] = {}
    for keys in levels.values():
        whole, overlaps = coverage.fitted({key: made.shapes[key] for key in keys})
        made.shapes.update(whole)
        for one, other in overlaps.items():
            made.wrong[one] = "overlaps"
            made.overlaps[one] = known[int(other)][1].get("code", "")
        drawn |= whole if overlaps else coverage.outlines(whole, metres)
    return drawn


def _level(code: str) -> str:
    try:
        return level_of(code)
    except ValueError:
        return ""


def _known(said_of: dict[str, Any]) -> dict[str, str]:
    """Return what is understood of a feature's columns, as text."""
    plain = {name.strip().lower(): value for name, value in said_of.items()}
    found = {}
    for meant, names in FIELDS.items():
        value = next((plain[name] for name in names if plain.get(name) not in (None, "")), "")
        if isinstance(value, float) and value.is_integer() and meant != "height":
            value = int(value)  # a code that a spreadsheet took for a number
        found[meant] = str(value).strip().replace("\x00", "")[:120]
    return found


def _told(
    key: str, said_of: dict[str, str], made: coverage.Mended, drawn: dict[str, Any]
) -> dict[str, Any]:
    told: dict[str, Any] = {**said_of, "wrong": made.wrong.get(key, "")}
    told |= {"overlaps": made.overlaps.get(key, ""), "repaired": key in made.repaired}
    if key in made.shapes:
        shape = made.shapes[key]
        told |= {
            "geometry": coverage.wound(shape).__geo_interface__,
            "outline": coverage.wound(drawn[key]).__geo_interface__,
            "bounds": [round(one, 6) for one in shape.bounds],
            "centre": coverage.inside(shape),
        }
    return told


def _features(data: bytes) -> Iterator[tuple[Any, dict[str, Any]]]:
    if data[:4] == b"PK\x03\x04":
        yield from _by_gdal(_clean_zip(data), layer=None)
    elif data.startswith(b"SQLite format 3\x00"):
        yield from _by_gdal(data, layer=_only_layer(data))
    else:
        yield from _geojson(data)


def _geojson(data: bytes) -> Iterator[tuple[Any, dict[str, Any]]]:
    from shapely.geometry import shape as shaped  # noqa: PLC0415 - under the limits above

    try:
        read = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NoFile("not_a_map") from error
    if not isinstance(read, dict) or read.get("type") != "FeatureCollection":
        raise NoFile("not_a_map")
    crs = str((read.get("crs") or {}).get("properties", {}).get("name", ""))
    if crs and not crs.endswith(("CRS84", "4326", "4490")):
        raise NoFile("not_in_degrees")
    for feature in read["features"]:
        geometry = feature.get("geometry")
        yield (shaped(geometry) if geometry else None), dict(feature.get("properties") or {})


def _clean_zip(data: bytes) -> bytes:
    """Return a zip with the parts of one Shapefile under names of ours, and nothing else."""
    with zipfile.ZipFile(io.BytesIO(data)) as brought:
        parts = {
            PurePosixPath(one.filename).suffix.lower(): one
            for one in brought.infolist()
            if not one.filename.startswith("__MACOSX/")
        }
        shapes = [one for one in brought.namelist() if one.lower().endswith(".shp")]
        if len([one for one in shapes if not one.startswith("__MACOSX/")]) != 1:
            raise NoFile("one_shapefile")
        if ".shx" not in parts or ".dbf" not in parts:
            raise NoFile("shapefile_parts")
        if sum(one.file_size for one in parts.values()) > _LARGEST_UNPACKED:
            raise NoFile("too_large")
        clean = io.BytesIO()
        with zipfile.ZipFile(clean, "w") as written:
            for suffix in _PARTS:
                if suffix in parts:
                    written.writestr(f"shapes{suffix}", brought.read(parts[suffix]))
    return clean.getvalue()


def _only_layer(data: bytes) -> str:
    """Return the one layer of a GeoPackage that holds shapes; nothing in it may reach out of it."""
    if data[68:72] not in (b"GPKG", b"GP10", b"GP11"):
        raise NoFile("not_a_map")
    kept = sqlite3.connect(":memory:")
    kept.deserialize(data)
    made = kept.execute("SELECT lower(sql) FROM sqlite_master WHERE sql LIKE '%virtual%'")
    if any("using rtree" not in sql for (sql,) in made):
        raise NoFile("not_a_map")
    layers = [name for (name,) in kept.execute("SELECT table_name FROM gpkg_geometry_columns")]
    kept.close()
    if len(layers) != 1:
        raise NoFile("one_layer")
    return str(layers[0])


def _by_gdal(data: bytes, *, layer: str | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    import shapely  # noqa: PLC0415 - under the limits above
    from pyogrio import raw, read_info  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names of files in memory that have no suffix
        info = read_info(data, layer=layer)
        if info["crs"] is None:
            raise NoFile("no_projection")
        meta, _ids, shapes, columns = raw.read(data, **_asked(info, layer))
    yield from _rows(meta["fields"], shapely.from_wkb(shapes), columns)


def _asked(info: dict[str, Any], layer: str | None) -> dict[str, Any]:
    """Return how the shapes are asked for: as they are when in degrees, else turned into degrees by PROJ."""
    if info["crs"] in _DEGREES:
        return {"layer": layer, "max_features": _MOST + 1}
    name = str(info["layer_name"]).replace('"', '""')
    column = str(info.get("geometry_name") or "geometry").replace('"', '""')
    # SQL of a file alone with itself.
    sql = f'SELECT ST_Transform("{column}", {_OURS}) AS geometry, * FROM "{name}" LIMIT {_MOST + 1}'  # noqa: S608
    return {"sql": sql, "sql_dialect": "SQLITE"}


def _rows(
    fields: Iterable[str], shapes: Iterable[Any], columns: list[Any]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    names = [str(name) for name in fields]
    values = [column.tolist() for column in columns]
    for at, shape in enumerate(shapes):
        yield shape, {name: column[at] for name, column in zip(names, values, strict=True)}


if __name__ == "__main__":
    sys.exit(main())
