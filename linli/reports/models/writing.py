"""What is written here: templates, drafts of reports, and reports as they were published.

Held by triggers (migration 0005): a version of a template, a publication and its figures are never changed or removed.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Fact
from linli.kernel.signed import Signed

LONGEST = 60_000  # characters of a template, or of a passage written by hand
LANGUAGES = (("zh-hans", _("Simplified Chinese")), ("en", _("English")))


class Template(Signed):
    """One form that reports are written in: a kind of paper, titled in three languages."""

    KINDS = (
        ("work", _("Work report")),
        ("briefing", _("Briefing")),
        ("supervision", _("Supervision letter")),
        ("plan", _("Year plan")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=12, choices=KINDS)
    title = models.CharField(_("Title"), max_length=80)
    title_hant = models.CharField(_("Title in Traditional script"), max_length=80)
    title_en = models.CharField(_("Title in English"), max_length=120)
    # Of its text. What is written in Simplified script is shown in Traditional script, too.
    language = models.CharField(_("Language of the text"), max_length=8, choices=LANGUAGES)
    version = models.PositiveIntegerField(editable=False)  # the newest

    class Meta:
        ordering = ["kind", "title", "id"]
        constraints = [
            models.CheckConstraint(
                name="template_kind_is_known",
                condition=Q(kind__in=["work", "briefing", "supervision", "plan"]),
            ),
            models.CheckConstraint(
                name="template_language_is_known", condition=Q(language__in=["zh-hans", "en"])
            ),
            models.CheckConstraint(
                name="template_is_titled_in_three",
                condition=Q(title__gt="", title_hant__gt="", title_en__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        by_language = {"zh-hant": self.title_hant, "en": self.title_en}
        return by_language.get(get_language() or "") or self.title


class TemplateVersion(Signed):
    """One state of a template's text. A change is another version; reports stay with the one they were begun in."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST)

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="template_version_has_its_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.number}"


class WrittenQuerySet(models.QuerySet["Written"]):
    """Filters that read as adjectives."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(edition__gt=0, withdrawn_at=None)


class Written(Signed):
    """One report written here, of an area over a period. `changed_by`: who last changed the draft; somebody else publishes it."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="written")
    title = models.CharField(_("Title"), max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, related_name="written", verbose_name=_("Place"))
    period_from = models.DateField()
    period_until = models.DateField()  # the first day that no longer belongs to it
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="written", verbose_name=_("Unit"))
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.CharField(max_length=60, editable=False)
    edition = models.PositiveIntegerField(default=0, editable=False)  # the newest published
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[WrittenQuerySet] = WrittenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="written_period_is_in_order",
                condition=Q(period_until__gt=F("period_from")),
            ),
            models.CheckConstraint(name="written_is_titled", condition=Q(title__gt="")),
        ]

    def __str__(self) -> str:
        return self.title


class HandText(models.Model):
    """One passage of a draft that was written by hand, at the number of its place in the template."""

    written = models.ForeignKey(Written, models.CASCADE, related_name="by_hand")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST)

    class Meta:
        ordering = ["written", "number"]
        constraints = [
            models.UniqueConstraint(fields=["written", "number"], name="passage_has_one_text"),
        ]

    def __str__(self) -> str:
        return f"{self.written_id} {self.number}"


class LaidText(models.Model):
    """One passage by hand whose place is gone from the template's newer version: laid beside the draft, nothing is lost."""

    written = models.ForeignKey(Written, models.CASCADE, related_name="laid")
    version = models.PositiveIntegerField()  # of the template, the last in which it had a place
    about = models.TextField(max_length=LONGEST)  # what belonged there
    text = models.TextField(max_length=LONGEST)

    class Meta:
        ordering = ["written", "-version", "id"]

    def __str__(self) -> str:
        return f"{self.written_id} {self.about}"


class Publication(Signed):
    """One edition of a report as it was published: its whole paper. `drafted_by`: who last changed the draft."""

    written = models.ForeignKey(Written, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    paper = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["written", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["written", "number"], name="publication_has_its_number"
            ),
            models.CheckConstraint(
                name="report_is_published_by_another", condition=~Q(by_name=F("drafted_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written_id} {self.number}"


class FigureSaid(models.Model):
    """One figure of a published report: where it stands, which fact it says, in which words."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="figures")
    place = models.PositiveIntegerField()  # the first of the paper is 1
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="said_in")
    # What a change was counted from.
    before = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="compared_in")
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["publication", "place"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "place"], name="figure_has_its_place"),
        ]

    def __str__(self) -> str:
        return self.words
