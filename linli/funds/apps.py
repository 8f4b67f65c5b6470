"""The engine of funds: the town's money, and what came of it."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Funds, accounts, transactions, matching, payment batches, projects."""

    name = "linli.funds"
    label = "funds"
