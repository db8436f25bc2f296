from django.db import migrations

import portal.units.models.user
from portal.pinyin import sort_key


def spell_names(apps, schema_editor):
    people = apps.get_model("units", "User").objects.only("name")
    for person in people.iterator():
        people.filter(pk=person.pk).update(name_spelled=sort_key(person.name))


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["name_spelled", "name", "pk"],
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="name_spelled",
            field=portal.units.models.user.SpelledName(
                db_index=True, default="", editable=False, max_length=280
            ),
        ),
        migrations.RunPython(spell_names, migrations.RunPython.noop),
    ]
