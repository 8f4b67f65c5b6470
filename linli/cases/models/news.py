"""What was told to all who share a cause about the task that meets it. Only ever added to."""

from django.db import models
from django.db.models import Q

from linli.cases.models.case import Cause
from linli.kernel.signed import Signed


class CauseNews(Signed):
    """One thing that became of a cause's task: the last one is what everybody knows, and is not told again.

    `asked` is the wish itself, which nobody is told of; `told` counts the cases that heard it.
    """

    ASKED, PROMISED, MOVED, DONE, DROPPED = "asked", "promised", "moved", "done", "dropped"
    ENDS = (DONE, DROPPED)

    cause = models.ForeignKey(Cause, models.PROTECT, related_name="news")
    task = models.CharField(max_length=9)  # its code in the plans
    state = models.CharField(max_length=10)
    due_on = models.DateField(null=True)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="cause_news_is_known",
                condition=Q(state__in=["asked", "promised", "moved", "done", "dropped"]),
            ),
            models.UniqueConstraint(
                "cause", "task", name="cause_hears_an_end_once",
                condition=Q(state__in=["done", "dropped"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.cause_id} {self.state}"
