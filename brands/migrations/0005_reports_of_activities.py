"""The reports that activities name stand among the materials, where the brand page chooses from (`recording.record_activity`)."""

from django.db import migrations


def collect_reports(apps, schema_editor):
    Activity, Material = (apps.get_model("brands", name) for name in ("Activity", "Material"))
    for activity in Activity.objects.exclude(url=""):
        reports = Material.objects.filter(
            project_id=activity.project_id, kind="press", url=activity.url
        )
        if not reports.exists():
            Material.objects.create(
                project_id=activity.project_id,
                activity=activity,
                kind="press",
                title=activity.name,
                url=activity.url,
                dated=activity.date,
                created_by_id=activity.created_by_id,
            )


class Migration(migrations.Migration):
    dependencies = [("brands", "0004_working_copy_writers")]

    operations = [
        migrations.RunPython(collect_reports, migrations.RunPython.noop, elidable=True),
    ]
