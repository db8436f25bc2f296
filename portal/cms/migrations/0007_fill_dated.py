from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate

GIVEN = {"NoticePage": "issued_on", "PolicyPage": "written_on"}


def fill(apps, schema_editor):
    published = (
        apps.get_model("wagtailcore", "Page")
        .objects.filter(pk=OuterRef("pk"))
        .values("first_published_at")
    )
    for name, given in GIVEN.items():
        day = Coalesce(given, TruncDate(Subquery(published)))
        apps.get_model("cms", name).objects.update(dated=day)


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_page_dated")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
