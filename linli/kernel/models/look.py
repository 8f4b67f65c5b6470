"""The look log: who looked at what is kept of a subject, and the tree that proves that no look was removed.

A look is a row that can be erased; its commitment stands in the tree for ever and tells nothing without
the subject's key. See docs/log.md.
"""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.models.subject import Subject


class Look(models.Model):
    """One look at what is kept of a subject: when, which role of which unit, at what, for what.

    `about` is the code of the case (or booking …) looked at. `position` is the leaf in the tree, once the
    look has been entered; until then it waits for its turn.
    """

    VERBS = (
        ("opened", _("opened")),
        ("listed", _("listed")),
        ("searched", _("searched")),
        ("exported", _("exported")),
        ("fetched", _("fetched by a program")),
        ("sent", _("sent a message")),
    )

    code = models.CharField(max_length=9, unique=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    by_role = models.CharField(max_length=20)
    by_unit = models.CharField(max_length=120)
    verb = models.CharField(max_length=10, choices=VERBS)
    about = models.CharField(max_length=12)
    purpose = models.CharField(max_length=20)
    fields = models.CharField(max_length=200)
    leaf = models.BinaryField(max_length=32)
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="look_says_what_for", condition=~Q(purpose="")),
        ]
        indexes = [
            models.Index(name="look_waiting", fields=["id"], condition=Q(position=None)),
            models.Index(name="look_of_subject", fields=["subject", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.by_role} {self.verb}"


class LookCount(models.Model):
    """One number that stays when the looks are gone: those of one role of one unit in one month."""

    month = models.DateField()
    by_role = models.CharField(max_length=20)
    by_unit = models.CharField(max_length=120)
    looks = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("month", "by_role", "by_unit", name="looks_are_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.by_role} {self.by_unit}"


class LogLeaf(models.Model):
    """One entry of the log: a commitment, at its place in the tree. Never changed, never removed."""

    position = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.position)


class LogNode(models.Model):
    """One complete subtree of the log's tree, above the leaves. Never changed, never removed."""

    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint("level", "position", name="log_node_is_computed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class LogHead(models.Model):
    """One row alone, which says how far the log is; whoever appends holds its lock."""

    THE_ONE: Final = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    frontier = models.BinaryField()  # merkle.Frontier.packed()
    checkpointed = models.BigIntegerField(default=0)  # how many leaves the newest checkpoint covers
    checkpointed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="log_has_one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.checkpointed)


class Checkpoint(models.Model):
    """One signed state of the log: a signed note over the first `size` leaves. Never changed."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)


class Cosignature(models.Model):
    """One witness's signature line under a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=120)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("checkpoint", "witness", name="witness_cosigns_once"),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.witness}"
