"""Dashboards: what an office shows of its figures, in which order and words; drafted by one, published by another.

Held by triggers (migration 0004): an edition, once published, is never changed or removed.
"""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.atlas.models.rate import Rate
from linli.directory.models import Area, Unit
from linli.facts.models import Indicator
from linli.kernel.signed import Signed

TILES = 12  # a board of more is a book
SECONDS = (10, 600)  # for which a screen stands before the next one


class BoardQuerySet(models.QuerySet["Board"]):
    """Filters that read as adjectives."""

    def published(self) -> Self:
        """Those that everybody may see."""
        return self.filter(editions__isnull=False, taken_down_at=None).distinct()


class Board(Signed):
    """One dashboard of a unit. `changed_by`: who last changed the draft; somebody else publishes it."""

    AT_ONCE = ((1, "1"), (2, "2"), (4, "4"), (6, "6"))

    code = models.CharField(max_length=9, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="boards", verbose_name=_("Unit"))
    title = models.CharField(_("Title"), max_length=80)
    title_hant = models.CharField(_("Title in Traditional script"), max_length=80)
    title_en = models.CharField(_("Title in English"), max_length=120)
    seconds = models.PositiveSmallIntegerField(
        _("Seconds for each screen on the wall"),
        default=30,
        validators=[MinValueValidator(SECONDS[0]), MaxValueValidator(SECONDS[1])],
    )
    at_once = models.PositiveSmallIntegerField(
        _("Figures on one screen"), choices=AT_ONCE, default=4
    )
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.CharField(max_length=60, editable=False)
    taken_down_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[BoardQuerySet] = BoardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="board_is_titled_in_three",
                condition=Q(title__gt="", title_hant__gt="", title_en__gt=""),
            ),
            models.CheckConstraint(
                name="board_screens_stand_a_while",
                condition=Q(seconds__gte=SECONDS[0], seconds__lte=SECONDS[1]),
            ),
            models.CheckConstraint(
                name="board_shows_a_few_at_once", condition=Q(at_once__in=[1, 2, 4, 6])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title of the draft in the reader's language."""
        by_language = {"zh-hant": self.title_hant, "en": self.title_en}
        return by_language.get(get_language() or "") or self.title


class BoardTile(models.Model):
    """One part of a board's draft: an indicator or a rate of an area, or of the areas inside it.

    `period`: "" for the newest that is known. Captions stand in three languages, or in none: then the name does.
    """

    FIGURE, TREND, PLACES, MAP = "figure", "trend", "places", "map"
    KINDS = (
        (FIGURE, _("One figure, large")),
        (TREND, _("Over the years")),
        (PLACES, _("Places side by side")),
        (MAP, _("Places on a map of tiles")),
    )
    OF_PARTS = (PLACES, MAP)

    board = models.ForeignKey(Board, models.CASCADE, related_name="tiles")
    position = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("Shown as"), max_length=6, choices=KINDS)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    rate = models.ForeignKey(Rate, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Place"))
    period = models.CharField(_("Period"), max_length=30, blank=True)
    caption = models.CharField(_("Caption"), max_length=120, blank=True)
    caption_hant = models.CharField(_("Caption in Traditional script"), max_length=120, blank=True)
    caption_en = models.CharField(_("Caption in English"), max_length=200, blank=True)

    class Meta:
        ordering = ["board", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="tile_kind_is_known",
                condition=Q(kind__in=["figure", "trend", "places", "map"]),
            ),
            models.CheckConstraint(
                name="tile_is_of_one_thing",
                condition=Q(indicator__isnull=False, rate=None)
                | Q(indicator=None, rate__isnull=False),
            ),
            models.CheckConstraint(
                name="tile_captions_are_three_or_none",
                condition=Q(caption="", caption_hant="", caption_en="")
                | Q(caption__gt="", caption_hant__gt="", caption_en__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.position}"


class BoardEdition(Signed):
    """One state of a board as it was published: titles, order, captions, and what each part is of, not its values.

    `drafted_by`: who last changed the draft; it is published by somebody else.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["board", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "number"], name="board_edition_has_its_number"
            ),
            models.CheckConstraint(
                name="board_edition_is_published_by_another", condition=~Q(by_name=F("drafted_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.number}"
