from django.db import migrations

from linli.kernel.never import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_report_and_step")]

    operations = append_only("reports_step")
