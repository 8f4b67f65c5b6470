"""The engine of food supervision."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """Operators, permits, lots, events, samples, recalls, and the look-up of everybody."""

    name = "linli.trace"
    label = "trace"
