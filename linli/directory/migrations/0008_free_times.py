import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_language_guarantees'),
    ]

    operations = [
        migrations.CreateModel(
            name='FreeTimes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_at', models.DateTimeField(null=True, verbose_name='Next free appointment')),
                ('free', models.PositiveIntegerField()),
                ('places', models.PositiveIntegerField()),
                ('waiting', models.PositiveIntegerField()),
                ('days', models.PositiveSmallIntegerField()),
                ('booked_by', models.CharField(max_length=9)),
                ('counted_at', models.DateTimeField()),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='free_times', to='directory.serviceatlocation')),
            ],
            options={
                'verbose_name_plural': 'free times',
                'constraints': [models.CheckConstraint(condition=models.Q(('free__lte', models.F('places'))), name='free_times_are_of_places'), models.CheckConstraint(condition=models.Q(('next_at', None), ('free__gte', 1), _connector='OR'), name='free_time_is_free')],
            },
        ),
    ]
