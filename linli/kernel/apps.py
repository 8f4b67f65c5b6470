"""The kernel as a Django application."""

from django.apps import AppConfig

from linli.kernel.moments import send_in_utc


class KernelConfig(AppConfig):
    """Actors, refusals, clock, codes, logs, health. Knows no engine's noun."""

    name = "linli.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Have moments reach PostgreSQL in UTC."""
        send_in_utc()
