"""Exhibitions and reading walls: works in the order of a tour, hung by one, opened by another.

Held by triggers (migration 0005): an edition, once opened, is never changed or removed.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.signed import Signed

MOST_WORKS = 100  # an afternoon is over by then


class ExhibitionQuerySet(models.QuerySet["Exhibition"]):
    """Filters that read as adjectives."""

    def opened(self) -> Self:
        """Those that everybody may visit."""
        return self.filter(editions__isnull=False, closed_at=None).distinct()


class Exhibition(Signed):
    """One exhibition, or one reading wall, of a unit. `changed_by`: who last changed the draft; somebody else opens it."""

    EXHIBITION, READING = "exhibition", "reading"
    KINDS = ((EXHIBITION, _("Exhibition")), (READING, _("Reading wall")))

    code = models.CharField(max_length=9, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="exhibitions", verbose_name=_("Unit")
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS, default=EXHIBITION)
    title = models.CharField(_("Title"), max_length=80)
    title_hant = models.CharField(_("Title in Traditional script"), max_length=80)
    title_en = models.CharField(_("Title in English"), max_length=120)
    about = models.TextField(_("What it is about"), max_length=1000)
    about_hant = models.TextField(
        _("What it is about, in Traditional script"), max_length=1000, blank=True
    )
    about_en = models.TextField(_("What it is about, in English"), max_length=1500, blank=True)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.CharField(max_length=60, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ExhibitionQuerySet] = ExhibitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="exhibition_kind_is_known", condition=Q(kind__in=["exhibition", "reading"])
            ),
            models.CheckConstraint(
                name="exhibition_is_titled_in_three",
                condition=Q(title__gt="", title_hant__gt="", title_en__gt="", about__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title of the draft in the reader's language."""
        by_language = {"zh-hant": self.title_hant, "en": self.title_en}
        return by_language.get(get_language() or "") or self.title


class Work(models.Model):
    """One work of a draft. `maker`: as it wishes to be named, with its leave; "" where nobody is named.

    `picture` and `sound` are digests of files drawn and written anew; what a picture shows and what a recording says
    stands in words as well.
    """

    CONTEST, VENUE, ARCHIVE = "contest", "venue", "archive"
    SOURCES = (
        (CONTEST, _("From a contest")),
        (VENUE, _("From a venue")),
        (ARCHIVE, _("From an archive")),
    )

    exhibition = models.ForeignKey(Exhibition, models.CASCADE, related_name="works")
    position = models.PositiveSmallIntegerField(editable=False)
    source = models.CharField(_("Where it comes from"), max_length=7, choices=SOURCES)
    source_name = models.CharField(_("Name of the contest, venue or archive"), max_length=120)
    maker = models.CharField(_("Made by, as it wishes to be named"), max_length=80, blank=True)
    made = models.CharField(_("When it was made"), max_length=40, blank=True)
    title = models.CharField(_("Title"), max_length=80)
    title_hant = models.CharField(_("Title in Traditional script"), max_length=80)
    title_en = models.CharField(_("Title in English"), max_length=120)
    text = models.TextField(_("Text"), max_length=6000, blank=True)
    text_hant = models.TextField(_("Text in Traditional script"), max_length=6000, blank=True)
    text_en = models.TextField(_("Text in English"), max_length=9000, blank=True)
    picture = models.CharField(max_length=64, blank=True, editable=False)
    picture_type = models.CharField(max_length=20, blank=True, editable=False)
    shows = models.CharField(_("What the picture shows"), max_length=300, blank=True)
    shows_hant = models.CharField(
        _("What the picture shows, in Traditional script"), max_length=300, blank=True
    )
    shows_en = models.CharField(_("What the picture shows, in English"), max_length=450, blank=True)
    sound = models.CharField(max_length=64, blank=True, editable=False)
    says = models.TextField(_("What the recording says"), max_length=6000, blank=True)
    says_hant = models.TextField(
        _("What the recording says, in Traditional script"), max_length=6000, blank=True
    )
    says_en = models.TextField(
        _("What the recording says, in English"), max_length=9000, blank=True
    )

    class Meta:
        ordering = ["exhibition", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="work_source_is_known",
                condition=Q(source__in=["contest", "venue", "archive"], source_name__gt=""),
            ),
            models.CheckConstraint(
                name="work_is_titled_in_three",
                condition=Q(title__gt="", title_hant__gt="", title_en__gt=""),
            ),
            models.CheckConstraint(
                name="work_is_read_seen_or_heard",
                condition=Q(text__gt="") | Q(picture__gt="") | Q(sound__gt=""),
            ),
            models.CheckConstraint(
                name="picture_of_a_work_is_told",
                condition=Q(picture="", picture_type="", shows="")
                | Q(picture__gt="", picture_type__gt="", shows__gt=""),
            ),
            models.CheckConstraint(
                name="sound_of_a_work_is_told",
                condition=Q(sound="", says="") | Q(sound__gt="", says__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        by_language = {"zh-hant": self.title_hant, "en": self.title_en}
        return by_language.get(get_language() or "") or self.title


class ExhibitionEdition(Signed):
    """One state of an exhibition as it was opened. `drafted_by`: who last changed the draft; somebody else opens it."""

    exhibition = models.ForeignKey(Exhibition, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["exhibition", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibition", "number"], name="exhibition_edition_has_its_number"
            ),
            models.CheckConstraint(
                name="exhibition_is_opened_by_another", condition=~Q(by_name=F("drafted_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibition_id} {self.number}"
