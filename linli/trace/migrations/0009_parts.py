"""What is only ever added lies in parts, on PostgreSQL: docs/decisions/0028."""

from django.db import migrations

from linli.kernel.partitions import InParts


class Migration(migrations.Migration):
    atomic = False  # one table at a time is taken away from who writes
    dependencies = [("trace", "0008_queries")]

    operations = [
        InParts("trace_eventlink"),
        InParts("trace_eventthing", by="event_id"),
    ]
