"""Under which address this house is known, where nobody asks: in files that are made by the clock."""

from django.conf import settings


def own_address() -> str:
    """Return scheme and first host name of the settings."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('*.') or 'localhost'}"
