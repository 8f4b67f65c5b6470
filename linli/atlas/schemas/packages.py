"""Data packages (Frictionless, Data Package 2.0): what the CSV of open data are, column by column."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import override

from linli.atlas.queries.catalogue import LICENCE, LICENCE_NAME, Catalogue, Listed
from linli.kernel.open_data import KEPT_BACK, Column, DataSet, Table
from linli.kernel.text import Words

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TONGUES: Final = ("zh-hans", "en")


def package(one: Listed, publisher: str, path: str) -> dict[str, Any]:
    """Return the package of one data set. path: of its CSV, next to the package or as an address."""
    return _package(one.data_set.code, one.data_set.title, one.data_set.description, publisher) | {
        "resources": [_resource(one, path, among=())]
    }


def package_of_all(
    catalogue: Catalogue, listed: Iterable[Listed], paths: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """Return the package of many data sets: columns point from one to another."""
    found = list(listed)
    among = [one.data_set.code for one in found]
    return _package("linli", words, "", catalogue.publisher) | {
        "resources": [_resource(one, paths[one.data_set.code], among=among) for one in found]
    }


def _package(name: str, title: Words, description: Words, publisher: str) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": name,
        "title": both(title),
        **({"description": both(description)} if description else {}),
        "licenses": [{"name": LICENCE_NAME, "path": LICENCE}],
        "contributors": [{"title": publisher, "roles": ["publisher"]}],
    }


def _resource(one: Listed, path: str, among: Iterable[str]) -> dict[str, Any]:
    table, made = one.data_set.table, one.made
    if table is None:
        raise ValueError(one.data_set.code)
    size = (
        {"bytes": made.forms["csv"].size, "hash": f"sha256:{made.forms['csv'].digest}"}
        if made
        else {}
    )
    return {
        "name": one.data_set.code,
        "title": both(one.data_set.title),
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **size,
        "schema": _schema(one.data_set, table, {*among}),
    }  # fmt: skip


def _schema(one: DataSet, table: Table, among: set[str]) -> dict[str, Any]:
    refers = [
        {"fields": [column], "reference": _reference(data_set, of)}
        for column, data_set, of in table.refers
        if data_set in {"", one.code} | among
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": [*table.key],
        "missingValues": ["", KEPT_BACK] if table.kept_back else [""],
        **({"foreignKeys": refers} if refers else {}),
    }


def _reference(data_set: str, column: str) -> dict[str, Any]:
    return ({"resource": data_set} if data_set else {"resource": ""}) | {"fields": [column]}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.choices:
        constraints["enum"] = [*column.choices]
    return {
        "name": column.name,
        "type": column.kind,
        # Moments carry their zone; nothing else is written in any other way than the standard's own.
        **({"format": "%Y-%m-%dT%H:%M:%S%z"} if column.kind == "datetime" else {}),
        "description": both(column.title),
        **({"constraints": constraints} if constraints else {}),
    }


def both(words: Words) -> str:
    """Return words in Chinese and English, once where they are the same: a package has room for one text."""
    said = []
    for tongue in _TONGUES:
        with override(tongue):
            said.append(str(words))
    return " / ".join(dict.fromkeys(filter(None, said)))
