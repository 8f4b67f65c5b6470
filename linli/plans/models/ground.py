"""What asked for a task from outside the plans."""

from django.db import models
from django.db.models import Q

from linli.plans.models.task import Task


class Ground(models.Model):
    """One ground of a task: what asked for it, by its code, and how many cases stand behind that."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="grounds")
    about = models.CharField(max_length=12, unique=True)  # the code of a cause
    unit = models.CharField(max_length=120)  # whose cause it is
    cases = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="ground_is_about_something", condition=~Q(about="")),
        ]

    def __str__(self) -> str:
        return self.about
