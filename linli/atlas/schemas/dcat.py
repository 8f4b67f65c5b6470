"""The catalogue as DCAT-AP 3.0.1: an RDF graph, written as Turtle or JSON-LD."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, XSD
from rdflib.term import Node

from linli.atlas.queries.catalogue import LICENCE, THEMES, Catalogue, Listed
from linli.atlas.schemas.rdf_parts import DAILY, DCAT, EU, PUBLIC, SPDX, Writing
from linli.kernel.open_data import Collection, DataSet, Elsewhere, Series
from linli.kernel.text import Words

_FILES: Final = {
    "csv": ("text/csv", "CSV"),
    "parquet": ("application/vnd.apache.parquet", "PARQUET"),
}
# As the EU's vocabulary of file types names them; others say their media type alone.
_TYPES: Final = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "application/atom+xml": "ATOM",
}
TITLE: Final = _("Open data of the platform")
ABOUT: Final = _(
    "Tables, figures and features of all engines, with nobody in them: counts of people have passed the release gate."
)
_FEATURES: Final = _("Features by OGC API")
_FEATURES_ABOUT: Final = _("Areas, stations and released cells as GeoJSON, page by page.")
_AS_FEATURES: Final = _("As GeoJSON, page by page")


def written(graph: Graph, form: str) -> bytes:
    """Write the graph: turtle or json-ld."""
    return graph.serialize(format=form, encoding="utf-8")


def graph_of(catalogue: Catalogue) -> Graph:
    """Return the catalogue as RDF."""
    return _Telling(catalogue).graph


class _Telling(Writing):
    """One catalogue: series, data sets and their files under it."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.catalog = self._catalog()
        self.service = self._service()
        for series in catalogue.series:
            self._series(series)
        for one in catalogue.listed:
            self._set(one)

    def _catalog(self) -> URIRef:
        here, changed = URIRef(f"{self.host}/dcat/catalog"), self.catalogue.changed_at
        self.add(
            here,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, self.who),
            (DCTERMS.license, URIRef(LICENCE)),
            (DCTERMS.modified, Literal(changed) if changed else None),
            (FOAF.homepage, self.document("/data/")),
            (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
            (DCAT.contactPoint, self.ask),
            *((DCTERMS.language, URIRef(f"{EU}language/{code}")) for code in ("ZHO", "ENG")),
            *((DCTERMS.spatial, place) for place in self.places),
        )
        self.say(here, DCTERMS.title, TITLE)
        self.say(here, DCTERMS.description, ABOUT)
        return here

    def _service(self) -> URIRef:
        here = URIRef(f"{self.host}/ogc/")
        standard = URIRef("http://www.opengis.net/doc/IS/ogcapi-features-1/1.0")
        self.add(
            here,
            (RDF.type, DCAT.DataService),
            (DCAT.endpointURL, self.resource("/ogc/")),
            (DCAT.endpointDescription, self.resource("/ogc/api")),
            (DCTERMS.conformsTo, standard),
            (DCTERMS.publisher, self.who),
            (DCTERMS.license, URIRef(LICENCE)),
            (DCTERMS.accessRights, PUBLIC),
            (DCAT.contactPoint, self.ask),
        )
        self.add(standard, (RDF.type, DCTERMS.Standard))
        self.say(here, DCTERMS.title, _FEATURES)
        self.say(here, DCTERMS.description, _FEATURES_ABOUT)
        self.add(here, (DCAT.theme, URIRef(f"{EU}data-theme/REGI")))
        self.say(here, DCAT.keyword, THEMES["REGI"])
        self.add(self.catalog, (DCAT.service, here))
        return here

    def _series(self, series: Series) -> None:
        here, years = URIRef(f"{self.host}/data/{series.code}"), self.catalogue.years(series.code)
        members = [self.address(one.data_set.code) for one in years]
        self.add(here, (RDF.type, DCAT.Dataset))  # whoever infers nothing looks for it here, too
        self._common(here, DCAT.DatasetSeries, series.title, series.description, series.theme)
        spans = [one.data_set.span for one in years if one.data_set.span]
        if spans:
            self.period(here, spans[0][0], spans[-1][1])
            self.add(here, (DCAT.first, members[0]), (DCAT.last, members[-1]))
        for before, after in pairwise(members):
            self.add(after, (DCAT.prev, before))
        changed = max((one.made.changed_at for one in years if one.made), default=None)
        self.add(here, (DCTERMS.modified, Literal(changed) if changed else None))

    def _set(self, listed: Listed) -> None:
        one, here = listed.data_set, self.address(listed.data_set.code)
        self._common(here, DCAT.Dataset, one.title, one.description, one.theme)
        self.add(
            here,
            (DCTERMS.identifier, Literal(one.code)),
            (DCTERMS.accessRights, PUBLIC),
            (DCAT.landingPage, self.document(f"/data/{one.code}/")),
            (FOAF.page, self.document(one.page)),
            (DCTERMS.accrualPeriodicity, DAILY),
        )
        if one.series:
            self.add(here, (DCAT.inSeries, URIRef(f"{self.host}/data/{one.series}")))
        if one.span:
            self.period(here, *one.span)
        if listed.made:
            self.add(here, (DCTERMS.modified, Literal(listed.made.changed_at)))
        if one.table:
            self.add(here, *self._forms(listed))
        self.add(here, *((DCAT.distribution, self._elsewhere(one, file)) for file in one.files))
        for collection in self.catalogue.collections:
            if one.code in {collection.code, f"food-{collection.code}"}:
                self.add(here, (DCAT.distribution, self._features(one, collection)))

    def _common(self, here: URIRef, kind: URIRef, title: Words, words: Words, theme: str) -> None:
        themed = URIRef(f"{EU}data-theme/{theme}")
        self.add(
            here,
            (RDF.type, kind),
            (DCTERMS.publisher, self.who),
            (DCAT.contactPoint, self.ask),
            (DCAT.theme, themed),
            *((DCTERMS.spatial, place) for place in self.places),
        )
        self.say(here, DCTERMS.title, title)
        self.say(here, DCTERMS.description, words)
        self.say(here, DCAT.keyword, THEMES.get(theme, theme))
        self.add(self.catalog, (DCAT.dataset, here))

    def _forms(self, listed: Listed) -> Iterable[tuple[URIRef, Node]]:
        code, made = listed.data_set.code, listed.made
        for ending in ("csv", "parquet"):
            where, (media, kind) = f"/data/{code}.{ending}", _FILES[ending]
            here = URIRef(f"{self.host}{where}#distribution")
            self.distribution(here, media, kind, (f"{code}.{ending}", listed.data_set.title))
            self.add(
                here,
                (DCAT.accessURL, self.resource(f"/data/{code}/")),
                (DCAT.downloadURL, self.resource(where)),
            )
            if made:
                form = made.forms[ending]
                self.add(
                    here,
                    (DCAT.byteSize, Literal(form.size, datatype=XSD.nonNegativeInteger)),
                    (SPDX.checksum, self.checksum(form.digest)),
                    (DCTERMS.modified, Literal(made.changed_at)),
                )
            yield DCAT.distribution, here

    def _elsewhere(self, one: DataSet, file: Elsewhere) -> URIRef:
        here = URIRef(f"{self.host}{file.path}#distribution")
        self.distribution(here, file.media, _TYPES.get(file.media, ""), (file.title, one.title))
        self.add(
            here,
            (DCAT.accessURL, self.resource(file.path)),
            (DCAT.downloadURL, self.resource(file.path)),
        )
        if file.standard:
            standard = URIRef(file.standard)
            self.add(here, (DCTERMS.conformsTo, standard))
            self.add(standard, (RDF.type, DCTERMS.Standard))
        return here

    def _features(self, one: DataSet, collection: Collection) -> URIRef:
        where = f"/ogc/collections/{collection.code}/items"
        here = URIRef(f"{self.host}{where}#distribution")
        self.distribution(here, "application/geo+json", "GEOJSON", (_AS_FEATURES, one.title))
        self.add(here, (DCAT.accessURL, self.resource(where)), (DCAT.accessService, self.service))
        self.add(self.service, (DCAT.servesDataset, self.address(one.code)))
        return here
