"""What is only ever added lies in parts, on PostgreSQL: docs/decisions/0028."""

from django.db import migrations

from linli.kernel.partitions import InParts


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_concerns")]

    operations = [
        InParts("cases_clockevent"),
    ]
