"""Categories, the calls' index, default forms and rubrics."""

from decimal import Decimal
from pathlib import Path

from wagtail.models import ModelLogEntry

from portal.cms.set_up import ensure_child, grant, home_page
from portal.units.models import Role, RoleGroup

from .definitions import form_file
from .models import CallIndexPage, Category, Criterion, FormDefinition, FormKind, Hue, Rubric
from .review.rubric_defaults import RUBRICS

LEVEL_FIELDS = ("excellent", "good", "fair", "poor")
DEFAULTS = Path(__file__).parent / "defaults"

CATEGORIES = (
    ("lead", "思想引领类", "Guiding thought", "引"),
    ("merit", "建功立业类", "Merit at work", "业"),
    ("demos", "民主管理类", "Democratic management", "民"),
    ("culture", "校园文化类", "Campus culture", "文"),
    ("care", "维权服务类", "Rights and care", "护"),
    ("various", "综合及其他类", "General and other", "合"),
)


def set_up_categories() -> str:
    """Create the six categories of the plan. Returns a line for the report."""
    for order, (code, name, name_en, mark) in enumerate(CATEGORIES):
        Category.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "name_en": name_en,
                "hue": Hue(code),
                "mark": mark,
                "order": order,
            },
        )
    return f"项目类别 categories: {Category.objects.count()}"


def set_up_rubrics() -> str:
    """Create a default rubric per form, and give words to default ones of old that have none for any level.

    A rubric that the office has ever saved is its own and is left alone. Returns a line for the report.
    """
    for kind, (name, criteria) in RUBRICS.items():
        existing = list(Rubric.objects.filter(kind=kind))
        if not existing:
            rubric = Rubric(name=name, kind=kind)
            rubric.criteria = [
                Criterion(
                    name=criterion,
                    points=Decimal(points),
                    order=order,
                    **dict(zip(LEVEL_FIELDS, words, strict=True)),
                )
                for order, (criterion, points, *words) in enumerate(criteria)
            ]
            rubric.save()
        for rubric in existing:
            if rubric.name == name and not ModelLogEntry.objects.for_instance(rubric).exists():
                _say_levels(rubric, {criterion: words for criterion, _full, *words in criteria})
    return f"评分标准 rubrics: {Rubric.objects.count()}"


def _say_levels(rubric: Rubric, words_of: dict[str, list[str]]) -> None:
    lines = list(rubric.criteria.all())
    if any(getattr(line, level) for line in lines for level in LEVEL_FIELDS):
        return
    for line in lines:
        for level, words in zip(LEVEL_FIELDS, words_of.get(line.name, ()), strict=False):
            setattr(line, level, words)
        line.save()


def set_up_calls() -> str:
    """Create the calls' index page. Returns a line for the report."""
    ensure_child(home_page(), CallIndexPage(title="申报", slug="calls"))
    return "申报栏目 calls: /calls/"


def set_up_forms() -> str:
    """Create and publish the default forms where there is none of their kind; the office's own are never touched.

    Returns a line for the report. Side effects: version 1 of each new form; the office may design forms.
    """
    for kind in (FormKind.APPLICATION, FormKind.SUMMARY):
        if not FormDefinition.objects.filter(kind=kind).exists():
            shipped = form_file.read((DEFAULTS / f"{kind}.json").read_bytes())
            definition = form_file.definition_of(shipped)
            definition.save()
            definition.save_revision().publish()
    grant(
        RoleGroup.objects.get(code=Role.SCHOOL_UNION).group,
        "forms_app.add_formdefinition",
        "forms_app.change_formdefinition",
        "forms_app.publish_formdefinition",
    )
    return f"表单 forms: {FormDefinition.objects.count()}"


def set_up_office() -> str:
    """Let the office settle the year and read the registers, and the auditors read. Returns a line for the report."""
    office = RoleGroup.objects.get(code=Role.SCHOOL_UNION).group
    auditors = RoleGroup.objects.get(code=Role.AUDITOR).group
    settled = ("programmeyear", "category", "rubric", "calendarday", "extension")
    for model in settled:
        grant(office, *(f"forms_app.{act}_{model}" for act in ("add", "change", "view")))
        grant(auditors, f"forms_app.view_{model}")
    grant(office, "forms_app.delete_calendarday", "forms_app.delete_extension")
    for group in (office, auditors):
        grant(group, "forms_app.view_entry", "messaging.view_message")
    return f"申报设置 settings: {len(settled)}"
