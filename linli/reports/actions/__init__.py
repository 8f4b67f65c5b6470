"""What may be done in the reports engine. One function, one transaction."""

from linli.reports.actions.reports import publish, receive, withdraw

__all__ = ["publish", "receive", "withdraw"]
