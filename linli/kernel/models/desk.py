"""What a member of staff keeps on their own desk: saved lists, how far they have read, news, and how they get it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.models.staff import Staff


class SavedView(models.Model):
    """One list with its filters that a member of staff gave a name; shared, the own unit finds it too."""

    owner = models.ForeignKey(Staff, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=80)  # the name of the list's address
    name = models.CharField(_("Name of this view"), max_length=60)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(_("Share with your unit"), default=False)
    first = models.BooleanField(_("Open the list with it"), default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("owner", "page", "name", name="view_name_is_ones_own"),
            models.UniqueConstraint(
                fields=["owner", "page"], condition=Q(first=True), name="view_first_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Marker(models.Model):
    """One mark of one account: until when it has seen a page. Only the last is kept, and the one before it, to go back to."""

    DESK, NEWS = "desk", "news"

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="markers")
    place = models.CharField(max_length=4)
    until = models.DateTimeField()
    before = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("staff", "place", name="marker_is_one_a_place"),
            models.CheckConstraint(
                name="marker_place_is_known", condition=Q(place__in=["desk", "news"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.place}"


class Notification(models.Model):
    """One thing that a member of staff is told. `words` is a text of ours, `given` fills it: nothing of residents."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20)
    once = models.CharField(max_length=120)  # the cause: of one cause one notification
    words = models.CharField(max_length=200)
    given = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    purge_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint("staff", "once", name="notification_is_told_once"),
        ]
        indexes = [models.Index(fields=["staff", "-at"], name="notification_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind}"


class MailChoice(models.Model):
    """One account's choice: which kinds of news also go by mail, how soon, and in which language."""

    NONE, AT_ONCE, DAILY = "none", "at_once", "daily"
    WAYS = ((NONE, _("Not by mail")), (AT_ONCE, _("At once")), (DAILY, _("Once a day, together")))

    staff = models.OneToOneField(Staff, models.CASCADE, related_name="mail_choice")
    language = models.CharField(_("Language of the mail"), max_length=10)
    ways = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.staff_id)
