"""What a fact rests on. Evidence is only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed


class Evidence(Signed):
    """One thing that a fact rests on: a query over records, a file, a span, a statement, a release of the gate."""

    QUERY, FILE, SPAN, STATEMENT, RELEASE = "query", "file", "span", "statement", "release"
    KINDS = (
        (QUERY, _("Counted from records")),
        (FILE, _("A file")),
        (SPAN, _("A sentence of a document")),
        (STATEMENT, _("A statement from outside")),
        (RELEASE, _("Passed the release gate")),
    )

    kind = models.CharField(max_length=10, choices=KINDS)
    # Who or what says so, by name. A later fact from the same source corrects the earlier one.
    source = models.CharField(_("Source"), max_length=200, db_index=True)
    # Where to look: a path of ours ("/reports/7K3M-92QD/#s-f1") or a public web address.
    address = models.CharField(_("Address"), max_length=500, blank=True)
    words = models.TextField(
        _("Words"), blank=True
    )  # the span's surface, the statement, the query's definition
    digest = models.CharField(
        max_length=64, blank=True
    )  # SHA-256: of the file, the document, the rows counted, the table released
    start = models.PositiveIntegerField(null=True)  # span: code points, end exclusive
    end = models.PositiveIntegerField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    version = models.CharField(
        max_length=100, blank=True
    )  # query: what the records were when counted

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_is_whole",
                condition=models.Q(kind="query", version__gt="")
                | models.Q(kind="file", digest__gt="", file_name__gt="")
                | models.Q(kind="span", digest__gt="", end__gt=models.F("start"))
                | models.Q(kind="statement", words__gt="")
                | models.Q(kind="release", digest__gt="", address__startswith="/releases/"),
            ),
            models.CheckConstraint(name="evidence_has_a_source", condition=models.Q(source__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source}"
