"""Job fairs: when wishes count, who stands there, and which posts they fill."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Organization, Unit
from linli.kernel.signed import Signed
from linli.offers.models.session import Session


class Timetable(models.Model):
    """One fair's timetable: until when wishes count, the hash of the seed that settles ties, and the seed after.

    The hash is told before anybody wishes; whoever has the wishes computes the same table again.
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="timetable")
    wishes_until = models.DateTimeField(_("Wishes count until"))
    gap_minutes = models.PositiveSmallIntegerField(_("Minutes to walk"), default=5)
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, in hex
    committed_at = models.DateTimeField()
    seed = models.CharField(max_length=64, blank=True)
    solved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="timetable_tells_its_seed",
                condition=Q(solved_at=None, seed="") | (Q(solved_at__isnull=False) & ~Q(seed="")),
            ),
            models.CheckConstraint(
                name="timetable_gap_is_a_walk", condition=Q(gap_minutes__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:8]


class Stand(models.Model):
    """One employer at one fair: how many talk at a time, how long, and which share is left for who just comes."""

    ONSITE, ONLINE = "onsite", "online"
    ZONES = ((ONSITE, _("on site")), (ONLINE, _("online")))

    session = models.ForeignKey(Session, models.PROTECT, related_name="stands")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="stands", verbose_name=_("Employer")
    )
    zone = models.CharField(_("Zone"), max_length=6, choices=ZONES, default=ONSITE)
    place = models.CharField(_("Stand"), max_length=20, blank=True)
    online = models.URLField(_("Online at"), blank=True)
    lanes = models.PositiveSmallIntegerField(_("Talks at a time"), default=1)
    minutes = models.PositiveSmallIntegerField(_("Minutes a talk"), default=15)
    walk_in_percent = models.PositiveSmallIntegerField(_("Left for who just comes, %"), default=20)

    class Meta:
        ordering = ["session", "place", "organization__name"]
        constraints = [
            models.UniqueConstraint("session", "organization", "zone", name="stand_stands_once"),
            models.CheckConstraint(
                name="stand_zone_is_known", condition=Q(zone__in=["onsite", "online"])
            ),
            models.CheckConstraint(
                name="stand_talks_to_somebody",
                condition=Q(
                    lanes__gte=1,
                    lanes__lte=20,
                    minutes__gte=5,
                    minutes__lte=120,
                    walk_in_percent__lte=100,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.organization_id}"


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Filters that read as adjectives."""

    def open(self, day: date) -> Self:
        """Those that can be asked for on a day."""
        return self.filter(closed_on=None, posted_on__lte=day, valid_until__gte=day)


class Vacancy(Signed):
    """One kind of post that an employer fills (schema.org JobPosting). Pay in yuan a month.

    It asks for skills and papers, never for a trait of whoever applies (rules/vacancies.py).
    """

    EMPLOYMENTS = (
        ("FULL_TIME", _("full time")),
        ("PART_TIME", _("part time")),
        ("TEMPORARY", _("temporary")),
        ("INTERN", _("internship")),
    )

    code = models.CharField(max_length=9, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="vacancies", verbose_name=_("Kept by")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="vacancies", verbose_name=_("Employer")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="vacancies", verbose_name=_("Place of work")
    )
    stand = models.ForeignKey(
        Stand, models.PROTECT, null=True, blank=True, related_name="vacancies"
    )
    title = models.CharField(_("Post"), max_length=120)
    posts = models.PositiveIntegerField(_("How many"))
    description = models.TextField(_("What there is to do"), blank=True)
    requirements = models.TextField(_("What it takes"), blank=True)
    employment = models.CharField(
        _("Employment"), max_length=10, choices=EMPLOYMENTS, default="FULL_TIME"
    )
    pay_from = models.PositiveIntegerField(_("Pay from, yuan a month"), null=True, blank=True)
    pay_to = models.PositiveIntegerField(_("Pay to, yuan a month"), null=True, blank=True)
    posted_on = models.DateField()
    valid_until = models.DateField(_("Open until"))
    closed_on = models.DateField(null=True, editable=False)

    objects: ClassVar[VacancyQuerySet] = VacancyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-posted_on", "title", "id"]
        verbose_name_plural = "vacancies"
        constraints = [
            models.CheckConstraint(
                name="vacancy_has_a_post", condition=Q(posts__gte=1, posts__lte=9999)
            ),
            models.CheckConstraint(
                name="vacancy_employment_is_known",
                condition=Q(employment__in=["FULL_TIME", "PART_TIME", "TEMPORARY", "INTERN"]),
            ),
            models.CheckConstraint(
                name="vacancy_pay_is_in_order",
                condition=Q(pay_from=None) | Q(pay_to=None) | Q(pay_to__gte=F("pay_from")),
            ),
            models.CheckConstraint(
                name="vacancy_ends_after_it_was_posted",
                condition=Q(valid_until__gte=F("posted_on")),
            ),
        ]
        indexes = [
            models.Index(name="vacancy_open", fields=["valid_until"], condition=Q(closed_on=None))
        ]

    def __str__(self) -> str:
        return self.title
