"""`linli export dcat|frictionless|geojson DIR`: open data as files."""

import json
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from typing import Any, Final

from linli.atlas.actions.open_files import make
from linli.atlas.queries.catalogue import Listed, catalogue
from linli.atlas.queries.features import in_memory
from linli.atlas.schemas.dcat import graph_of, written
from linli.atlas.schemas.packing import described, packed
from linli.kernel import open_data
from linli.kernel.actors import system
from linli.kernel.exporting import Export, Nothing
from linli.kernel.own_address import own_address

_CLERK: Final = system("open data")


def write_catalogue(folder: Path, _at: datetime) -> list[Path]:
    """Write the catalogue, in both forms."""
    graph = graph_of(catalogue(own_address()))
    paths = {"turtle": folder / "catalog.ttl", "json-ld": folder / "catalog.jsonld"}
    for form, path in paths.items():
        path.write_bytes(written(graph, form))
    return [*paths.values()]


def write_packages(folder: Path, at: datetime) -> list[Path]:
    """Write every table, and what declares its columns."""
    found = catalogue(own_address())
    listed = [
        Listed(one.data_set, make(by=_CLERK, at=at, data_set=one.data_set)) for one in packed(found)
    ]
    description = folder / "datapackage.json"
    told = json.dumps(described(found, listed), ensure_ascii=False, indent=1)
    description.write_text(f"{told}\n", encoding="utf-8")
    return [description, *(_copied(one, folder) for one in listed)]


def write_features(folder: Path, _at: datetime) -> list[Path]:
    """Write a file of features for each collection that has any."""
    paths = []
    for code, collection in open_data.collections().items():
        memory = in_memory(collection)
        if not memory.kept.things:
            continue
        head: dict[str, Any] = {"type": "FeatureCollection", "name": code}
        if memory.notice:
            head["attribution"] = memory.notice
        body = b",\n".join(memory.kept.text(at) for at in range(len(memory.kept.things)))
        opened = json.dumps(head, ensure_ascii=False).encode()[:-1]
        path = folder / f"{code}.geojson"
        path.write_bytes(opened + b', "features": [\n' + body + b"\n]}\n")
        paths.append(path)
    if not paths:
        raise Nothing("No area and no station is there yet.")
    return paths


def _copied(one: Listed, folder: Path) -> Path:
    if one.made is None:
        raise ValueError(one.data_set.code)
    path = folder / f"{one.data_set.code}.csv"
    copyfile(one.made.path("csv"), path)
    return path


EXPORTS: Final = (
    Export("dcat", write_catalogue),
    Export("frictionless", write_packages),
    Export("geojson", write_features),
)
