from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='photos',
            field=models.JSONField(default=list),
        ),
    ]
