"""Inspections: photos, signatures, findings, corrections, answers."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0005_polls'),
    ]

    operations = []
