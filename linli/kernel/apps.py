"""The kernel as a Django application."""

from django.apps import AppConfig
from django.db import connections


class KernelConfig(AppConfig):
    """Actors, refusals, clock, codes, logs, health. Knows no engine's noun."""

    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Have moments reach PostgreSQL in UTC."""
        if connections["default"].vendor == "postgresql":
            from linli.kernel.moments import send_in_utc  # noqa: PLC0415 - its driver: only who uses it pays

            send_in_utc()
