"""What money means: what comes into an account is counted as an indicator, so that a claim can rest on the ledger."""

from django.db import models

from linli.facts.models import Indicator
from linli.funds.models.ledger import Account
from linli.kernel.signed import Signed


class Tally(Signed):
    """One link: what comes into `account` counts as `indicator`, for the place of the account's fund."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tallies")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="tallies")

    class Meta:
        ordering = ["indicator", "account"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint("account", "indicator", name="tally_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.indicator_id}"
