"""Products and releases, layers, dashboards, exhibitions."""

__all__: list[str] = []
