"""Sheets that are being filled in: kept part by part, so that nothing is lost, and gone once handed in.

Held by triggers (migration 0001): a draft is kept by the unit that was asked, of a task that stands.
"""

from uuid import uuid4

from django.db import models

from linli.assessments.models.assessment import Assessment
from linli.kernel.signed import Signed


class Draft(Signed):
    """One sheet on its way: answers as in `Sheet`, evidence by item ({"item": [id, …]}), last kept by whom and when.

    `client` becomes the sheet's own: a draft that is handed in twice is one sheet.
    """

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="draft")
    answers = models.JSONField(default=dict)
    backing = models.JSONField(default=dict)
    client = models.UUIDField(unique=True, default=uuid4)

    class Meta:
        ordering = ["assessment"]

    def __str__(self) -> str:
        return str(self.client)
