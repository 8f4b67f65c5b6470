"""The house's own words for the texts of its pages: which edition of a language was kept, by whom, reviewed by whom."""

from django.db import models

from linli.kernel.signed import Signed


class TextEdition(Signed):
    """One edition of a language's texts: what a file brought, who reviewed it, who let it in. Never changed.

    `words` holds what differs from the release: context, original, the forms, and whether the translator was unsure.
    The edition with the highest number is in force; putting back an earlier one adds a copy of it.
    """

    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    words = models.JSONField(default=list)
    texts = models.PositiveIntegerField()
    lacking = models.PositiveIntegerField()
    unsure = models.PositiveIntegerField()
    brought = models.PositiveIntegerField()  # how many words the file brought anew or otherwise
    back_to = models.PositiveIntegerField(null=True)  # 0: the words of the release
    reviewer_name = models.CharField(max_length=60, blank=True)
    reviewer_unit = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        ordering = ["language", "-number"]
        constraints = [
            models.UniqueConstraint("language", "number", name="text_edition_number_is_one"),
            models.CheckConstraint(
                name="text_edition_is_reviewed_or_delivered",
                condition=models.Q(back_to=0, back_to__isnull=False)
                | (
                    ~models.Q(reviewer_name="")
                    & ~models.Q(reviewer_unit="")
                    & models.Q(reviewed_on__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.number}"
