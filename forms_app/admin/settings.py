"""What an office settles each year: dates and budget, categories, holidays, rubrics."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from ..models import CalendarDay, Category, ProgrammeYear
from .rubrics import RubricViewSet


class YearViewSet(ModelViewSet):
    """Programme years."""

    model = ProgrammeYear
    icon = "calendar-alt"
    menu_label = _("年度")
    list_display = ["year", "apply_from", "apply_until", "award_until", "budget"]
    panels = [
        FieldRowPanel(["year", "budget"]),
        MultiFieldPanel(
            [
                FieldRowPanel(["apply_from", "apply_until"]),
                FieldRowPanel(["establish_until", "cultivate_until"]),
                FieldRowPanel(["evaluate_until", "award_until"]),
            ],
            heading=_("五个步骤"),
        ),
    ]


class CategoryViewSet(ModelViewSet):
    """The six categories, with the seal each is recognised by."""

    model = Category
    icon = "tag"
    menu_label = _("项目类别")
    list_display = ["name", "mark", "order"]
    panels = [
        FieldRowPanel(["name", "name_en"]),
        FieldRowPanel(["code", "mark", "hue", "order"]),
    ]


class CalendarViewSet(ModelViewSet):
    """Holidays and 调休, by which working days are counted."""

    model = CalendarDay
    icon = "calendar"
    menu_label = _("节假日与调休")
    list_display = ["date", "kind", "name"]
    list_filter = ["kind"]
    panels = [FieldRowPanel(["date", "kind", "name"])]


class SettingsGroup(ModelViewSetGroup):
    """One menu for what is settled once a year."""

    menu_label = _("申报设置")
    menu_icon = "cogs"
    menu_order = 340
    add_to_admin_menu = True
    items = (YearViewSet, CategoryViewSet, RubricViewSet, CalendarViewSet)
