"""Say what facts rest on: a span of a document, a file, a statement, a query. Whoever acts may cite."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.kernel import files
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

LARGEST = 10 * 1024 * 1024
_SCHEMES = ("/", "https://", "http://")


@transaction.atomic
def cite_span(  # noqa: PLR0913 - a span has so many parts, each by its name
    *,
    by: Actor,
    at: datetime,
    source: str,
    digest: str,
    start: int,
    end: int,
    words: str,
    address: str,
) -> Evidence:
    """Cite characters [start, end) of the document with this digest; `words` are exactly these.

    Refuses: no_source without a name; no_words when the span is empty or not as long as its words;
    not_an_address for an address that is neither a path of ours nor on the web.
    """
    if end <= start or len(words) != end - start:
        raise Refused("no_words", _("Say in which words it stands."))
    span = {"digest": digest, "start": start, "end": end, "words": words, "address": address}
    return cite(kind=Evidence.SPAN, by=by, at=at, source=source, **span)


@transaction.atomic
def cite_file(
    *, by: Actor, at: datetime, source: str, data: bytes, name: str, media_type: str = ""
) -> Evidence:
    """Cite a file, and keep it under its digest.

    Refuses: no_source without a name; empty_file without a byte or a name; too_large over 10 MB.
    """
    if not data or not name.strip():
        raise Refused("empty_file", _("There is nothing in this file."))
    if len(data) > LARGEST:
        raise Refused("too_large", _("The file is larger than 10 MB."))
    said = cite(
        kind=Evidence.FILE,
        by=by,
        at=at,
        source=source,
        digest=files.digest_of(data),
        file_name=name.strip()[-200:],
        media_type=media_type[:100],
    )
    files.keep(data)
    return said


@transaction.atomic
def cite_statement(
    *, by: Actor, at: datetime, source: str, words: str, address: str = ""
) -> Evidence:
    """Cite what somebody outside says, in their words; the address says where.

    Refuses: no_source without a name; no_words without words; not_an_address for an address that is
    neither a path of ours nor on the web.
    """
    if not words.strip():
        raise Refused("no_words", _("Say in which words it stands."))
    return cite(
        kind=Evidence.STATEMENT, by=by, at=at, source=source, words=words.strip(), address=address
    )


@transaction.atomic
def cite_query(
    *,
    by: Actor,
    at: datetime,
    source: str,
    definition: str,
    version: str,
    digest: str,
    address: str = "",
) -> Evidence:
    """Cite a count over our own records: how it counts, what they were then, the digest of its cells.

    Refuses: no_source without a name; no_version when nothing says what the records were;
    not_an_address for an address that is neither a path of ours nor on the web.
    """
    if not version:
        raise Refused("no_version", _("Say what the records were when they were counted."))
    return cite(
        kind=Evidence.QUERY,
        by=by,
        at=at,
        source=source,
        words=definition,
        version=version[:100],
        digest=digest,
        address=address,
    )


def cite(*, kind: str, by: Actor, at: datetime, source: str, **fields: Any) -> Evidence:
    """Cite what a caller has checked.

    Refuses: no_source without a name; not_an_address for an address that is neither a path of ours nor on the web.
    """
    source = " ".join(source.split())[:200]
    if not source:
        raise Refused("no_source", _("Say who or what says so."))
    address = fields.get("address", "")
    if address and (not address.startswith(_SCHEMES) or address.startswith("//")):
        raise Refused(
            "not_an_address", _("An address begins with https:// or is a path of this site.")
        )
    return Evidence.objects.create(kind=kind, source=source, **fields, **signed(by, at))
