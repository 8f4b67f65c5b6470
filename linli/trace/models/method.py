"""Laboratory methods: each version once, as data; what it decided stays decided by it.

Held by triggers (migration 0003): a version is never changed, only ended.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed


class Method(Signed):
    """One version of a method. `body`: cut-offs, controls, limits, words, as `rules.laboratory.method_json` reads it."""

    key = models.CharField(_("Key of the method"), max_length=40)
    version = models.CharField(_("Version"), max_length=20)
    name = models.CharField(_("Name"), max_length=120)
    standard = models.CharField(_("Standard"), max_length=120, blank=True)
    body = models.JSONField()
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["key", "-id"]
        constraints = [
            models.UniqueConstraint("key", "version", name="method_version_is_there_once"),
            models.CheckConstraint(
                name="method_has_a_name", condition=~Q(key="") & ~Q(version="") & ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Run(Signed):
    """One run of an instrument, by one version of a method, as it was brought or typed: it is never changed.

    `failures`: the controls that failed ([{"role", "target", "place", "why"}]), `failed` how many: one is enough to make
    every result of the run invalid. `digest`: SHA-256 of the file, "" of a run that was typed.
    """

    CSV, RDML, TYPED = "csv", "rdml", "typed"
    SOURCES = ((CSV, _("a table")), (RDML, _("an RDML file")), (TYPED, _("typed")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    method = models.ForeignKey(Method, models.PROTECT, related_name="runs")
    laboratory = models.ForeignKey(
        "directory.Unit", models.PROTECT, related_name="+", verbose_name=_("Laboratory")
    )
    run_at = models.DateTimeField(_("Run at"))
    instrument = models.CharField(_("Measuring instrument"), max_length=120, blank=True)
    source = models.CharField(max_length=5, choices=SOURCES)
    digest = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=200, blank=True)  # which run of a file that holds several
    failures = models.JSONField(default=list)
    failed = models.PositiveIntegerField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="run_has_a_source",
                condition=Q(source="typed", digest="")
                | (Q(source__in=["csv", "rdml"]) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="run_was_before_it_was_told", condition=Q(run_at__lte=F("at"))
            ),
            # The same file brought twice is one run.
            models.UniqueConstraint(
                fields=["laboratory", "digest", "part"],
                condition=~Q(digest=""),
                name="run_file_is_brought_once",
            ),
        ]
        indexes = [models.Index(fields=["laboratory", "-id"], name="run_of_laboratory")]

    def __str__(self) -> str:
        return self.code

    @property
    def holds(self) -> bool:
        """Whether every control did what it must."""
        return self.failed == 0


class Well(models.Model):
    """One target in one well of a run. `label`: the sample as the instrument was told it."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="wells")
    place = models.CharField(max_length=7)
    role = models.CharField(max_length=10)
    label = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=60)
    ct = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    curve = models.BooleanField(null=True)
    excluded = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        ordering = ["run", "id"]
        constraints = [
            models.UniqueConstraint("run", "place", "target", name="well_is_told_once"),
            models.CheckConstraint(
                name="well_role_is_known",
                condition=Q(
                    role__in=[
                        "sample",
                        "standard",
                        "ntc",
                        "negative",
                        "extraction",
                        "positive",
                        "inhibition",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="well_ct_is_a_cycle", condition=Q(ct=None) | Q(ct__gt=0, ct__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place}"
