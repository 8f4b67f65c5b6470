from django.db import migrations

from linli.kernel.never import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_verdicts")]

    operations = [*append_only("reports_verdict"), *append_only("reports_taken")]
