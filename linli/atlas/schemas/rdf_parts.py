"""What RDF of a catalogue is put together from: addresses, words in their languages, files, places, periods."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import override
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from linli.atlas.queries.catalogue import LICENCE, Catalogue
from linli.kernel.text import Words

# DCAT 3: rdflib's own list ends before series.
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
EU: Final = "http://publications.europa.eu/resource/authority/"
PUBLIC: Final = URIRef(f"{EU}access-right/PUBLIC")
DAILY: Final = URIRef(f"{EU}frequency/DAILY")
_STABLE: Final = URIRef(f"{EU}planned-availability/STABLE")
_AUTHORITY: Final = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
_AVAILABILITY: Final = URIRef("http://data.europa.eu/r5r/availability")
_IANA: Final = "http://www.iana.org/assignments/media-types/"
_TONGUES: Final = (("zh-Hans", "zh-hans"), ("zh-Hant", "zh-hant"), ("en", "en"))
# What IANA does not list is a type all the same, but has no address there.
_UNLISTED: Final = {"application/x-ndjson", "application/jsonl"}


class Writing:
    """One graph of a catalogue while it is written."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.graph, self.host = catalogue, Graph(), catalogue.host
        for prefix, space in (("dcat", DCAT), ("spdx", SPDX), ("vcard", VCARD)):
            self.graph.bind(prefix, space, replace=True)
        self.places = [self.place(code, name) for code, name in catalogue.places]
        self.who, self.ask = self.publisher(), self.contact()
        self.vocabularies()

    def add(self, subject: Node, *pairs: tuple[URIRef, Node | None]) -> None:
        """Add what is known of a subject; what is None is left out."""
        for predicate, value in pairs:
            if value is not None:
                self.graph.add((subject, predicate, value))

    def say(self, subject: Node, predicate: URIRef, words: Words) -> None:
        """Say it in each language in which it is said at all: what nobody has translated stands once, as Chinese."""
        seen: set[str] = set()
        for tag, code in _TONGUES:
            with override(code):
                said = str(words)
            if said and said not in seen:
                self.graph.add((subject, predicate, Literal(said, lang=tag)))
                seen.add(said)

    def distribution(self, here: URIRef, media: str, kind: str, words: tuple[Words, Words]) -> None:
        """Say what a file is, in which form, under which licence."""
        self.add(
            here,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.license, URIRef(LICENCE)),
            (DCTERMS.format, URIRef(f"{EU}file-type/{kind}") if kind else None),
            (DCAT.mediaType, None if media in _UNLISTED else self.media(media)),
            (_AVAILABILITY, _STABLE),
        )
        if kind:
            self._terms(DCTERMS.MediaTypeOrExtent, "file-type", kind)
        title, description = words
        self.say(here, DCTERMS.title, title)
        self.say(here, DCTERMS.description, description)

    def media(self, media: str) -> URIRef:
        """Return the address of a media type."""
        here = URIRef(f"{_IANA}{media}")
        self.add(here, (RDF.type, DCTERMS.MediaType))
        return here

    def checksum(self, digest: str) -> BNode:
        """Return a SHA-256 as SPDX says it."""
        here = BNode()
        self.add(
            here,
            (RDF.type, SPDX.Checksum),
            (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
            (SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary)),
        )
        return here

    def period(self, subject: Node, since: date, until: date) -> None:
        """Say from which day on, and up to which day, a subject speaks of."""
        here = BNode()
        last = until - timedelta(days=1)
        self.add(
            here,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(since)),
            (DCAT.endDate, Literal(last)),
        )
        self.add(subject, (DCTERMS.temporal, here))

    def place(self, code: str, name: str) -> URIRef:
        """Return a town."""
        here = URIRef(f"{self.host}/ogc/collections/areas/items/{code}")
        self.add(
            here,
            (RDF.type, DCTERMS.Location),
            (DCTERMS.identifier, Literal(code)),
            (SKOS.prefLabel, Literal(name, lang="zh-Hans")),
        )
        return here

    def publisher(self) -> URIRef:
        """Return who publishes."""
        here = URIRef(f"{self.host}/#publisher")
        self.add(
            here,
            (RDF.type, FOAF.Agent),
            (DCTERMS.type, _AUTHORITY),
            (FOAF.name, Literal(self.catalogue.publisher, lang="zh-Hans")),
        )
        return here

    def contact(self) -> URIRef:
        """Return where one can ask."""
        here = URIRef(f"{self.host}/#contact")
        self.add(
            here,
            (RDF.type, VCARD.Kind),
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(self.catalogue.publisher, lang="zh-Hans")),
            (VCARD.hasURL, self.resource_at(self.catalogue.contact)),
        )
        return here

    def vocabularies(self) -> None:
        """Say of what is named elsewhere what it is, so that whoever checks need not fetch it."""
        themes = URIRef(f"{EU}data-theme")
        self.add(
            themes,
            (RDF.type, SKOS.ConceptScheme),
            (DCTERMS.title, Literal("Data theme", lang="en")),
        )
        used = {one.data_set.theme for one in self.catalogue.listed}
        for theme in sorted(used | {one.theme for one in self.catalogue.series}):
            here = URIRef(f"{EU}data-theme/{theme}")
            self.add(
                here,
                (RDF.type, SKOS.Concept),
                (SKOS.inScheme, themes),
                (SKOS.prefLabel, Literal(theme, lang="en")),
            )
        self.add(URIRef(LICENCE), (RDF.type, DCTERMS.LicenseDocument))
        self._terms(DCTERMS.RightsStatement, "access-right", "PUBLIC")
        self._terms(DCTERMS.Frequency, "frequency", "DAILY")
        self._terms(SKOS.Concept, "planned-availability", "STABLE")
        self._terms(DCTERMS.LinguisticSystem, "language", "ZHO", "ENG")
        types = "http://purl.org/adms/publishertype/1.0"
        self.add(_AUTHORITY, (RDF.type, SKOS.Concept), (SKOS.inScheme, URIRef(types)))
        self.add(_AUTHORITY, (SKOS.prefLabel, Literal("Local authority", lang="en")))
        self.add(SPDX.checksumAlgorithm_sha256, (RDF.type, SPDX.ChecksumAlgorithm))

    def _terms(self, kind: URIRef, vocabulary: str, *codes: str) -> None:
        for code in codes:
            here = URIRef(f"{EU}{vocabulary}/{code}")
            self.add(here, (RDF.type, kind), (SKOS.inScheme, URIRef(f"{EU}{vocabulary}")))
            self.add(here, (SKOS.prefLabel, Literal(code, lang="en")))

    def address(self, code: str) -> URIRef:
        """Return the address of a data set."""
        return URIRef(f"{self.host}/data/{code}")

    def document(self, path: str) -> URIRef:
        """Return a page for people."""
        here = self.resource(path)
        self.add(here, (RDF.type, FOAF.Document))
        return here

    def resource(self, path: str) -> URIRef:
        """Return what stands at a path of this house."""
        return self.resource_at(f"{self.host}{path}")

    def resource_at(self, address: str) -> URIRef:
        """Return what stands at an address."""
        here = URIRef(address)
        self.add(here, (RDF.type, RDFS.Resource))
        return here
