"""Notices, objections, answers, awards and the register of honours."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0003_scores'),
    ]

    operations = []
