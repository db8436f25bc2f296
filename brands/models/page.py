"""Brand pages: what the public sees of a project, once three reviewers have approved that very revision."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, WorkflowState
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.cms.models import BasePage, Document, Picture
from portal.units.models import Post, User
from portal.units.permissions import holders, holds_post

from ..api_fields import API_FIELDS, API_FILTERS
from ..blocks import StoryBlocks
from ..films import videos_in
from ..pictures import LARGE, THUMB, pictures_by_key
from .project import Project


class ApiParts(NamedTuple):
    """What the API says of a page beside its own columns."""

    activities: list["BrandPageActivity"]
    gallery: list["BrandPagePicture"]
    press: list["BrandPagePress"]
    pictures: dict[int, Picture]
    videos: dict[int, Document]


class BrandIndexPage(BasePage):
    """The wall of brands."""

    template = "brands/brand_index.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["brands.BrandPage"]

    class Meta:
        verbose_name = _("品牌风采栏目")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a brand's page together with what it shows of its project, in one query."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        pages = BrandPage.objects.child_of(self).live().select_related(*BrandPage.SHOWN_OF_PROJECT)
        return RouteResult(get_object_or_404(pages, slug=path_components[0]))


class BrandPage(BasePage):
    """One page per project; its slug is the project number. Approval of the application opens it as a draft."""

    project = models.OneToOneField(
        "brands.Project", models.PROTECT, related_name="page", verbose_name=_("项目")
    )
    slogan = models.CharField(_("品牌口号"), max_length=40, blank=True)
    intro = models.CharField(_("公开简介"), max_length=300, blank=True)
    cover = models.ForeignKey(
        "cms.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("封面图片"),
    )
    story = StreamField(StoryBlocks(), verbose_name=_("品牌故事"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("slogan"),
        FieldPanel("intro"),
        FieldPanel("cover"),
        FieldPanel("story"),
        MultiFieldPanel(
            [InlinePanel("shown_activities", label=_("活动"))], heading=_("一年里长成的样子")
        ),
        MultiFieldPanel([InlinePanel("shown_pictures", label=_("图片"))], heading=_("图集")),
        MultiFieldPanel([InlinePanel("shown_press", label=_("报道"))], heading=_("媒体报道")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("slogan"),
        index.SearchField("intro"),
        index.SearchField("story"),
        index.SearchField("words_around"),
    ]
    api_fields = API_FIELDS
    api_filters = API_FILTERS
    template = "brands/brand.html"
    in_feed = True
    dated_by = "project__programme_year__year"
    parent_page_types = ["brands.BrandIndexPage"]
    subpage_types: list[str] = []
    SHOWN_OF_PROJECT = (
        "project__programme_year",
        "project__unit",
        "project__category",
        "project__brand",
        "project__award__level",
    )
    # Only an approved application opens a brand page (establishing.establish).
    is_creatable = False

    class Meta:
        verbose_name = _("品牌页")
        verbose_name_plural = _("品牌页")

    @classmethod
    def prepare_for_search(cls, pages: list["BrandPage"]) -> None:
        """Read `words_around` of all pages at once (two queries)."""
        words = defaultdict(list)
        around = ("unit__name", "unit__short_name", "leader_name", "category__name", "brand__name")
        projects = Project.objects.filter(page__in=pages)
        for page, *told in projects.values_list("page", *around, "project_no"):
            words[page] += told
        activities = BrandPageActivity.objects.filter(page__in=pages)
        for page, *told in activities.values_list("page", "name", "sentence"):
            words[page] += told
        for page in pages:
            page.words_around = words[page.pk]

    @cached_property
    def words_around(self) -> list[str]:
        """What else the page says and people look a brand up by: unit, leader, category, number, brand, activities."""
        type(self).prepare_for_search([self])
        return self.__dict__["words_around"]

    @classmethod
    def notes_by_key(cls, keys: Iterable[int]) -> dict[int, str]:
        """Return of whom and of which year a brand's page is: a brand has one of the same title each year."""
        pages = cls.objects.filter(pk__in=keys).select_related(
            "project__unit", "project__programme_year"
        )
        return {page.pk: f"{page.project.unit} · {page.project.programme_year}" for page in pages}

    @classmethod
    def for_api(cls, pages: models.QuerySet) -> models.QuerySet:
        """Join what the API says of a brand."""
        return pages.select_related(*cls.SHOWN_OF_PROJECT)

    @classmethod
    def prepare_for_api(cls, pages: list["BrandPage"]) -> None:
        """Read activities, pictures, press and films of all pages at once (six queries)."""
        parts = []
        for model in (BrandPageActivity, BrandPagePicture, BrandPagePress):
            of_pages = defaultdict(list)
            for chosen in model.objects.filter(page__in=pages):
                of_pages[chosen.page_id].append(chosen)
            parts.append(of_pages)
        cls._join_parts(pages, *parts)

    @classmethod
    def _join_parts(
        cls,
        pages: list["BrandPage"],
        activities: dict[int, list["BrandPageActivity"]],
        gallery: dict[int, list["BrandPagePicture"]],
        press: dict[int, list["BrandPagePress"]],
    ) -> None:
        keys = {page.cover_id for page in pages}
        keys |= {told.picture_id for several in activities.values() for told in several}
        keys |= {chosen.picture_id for several in gallery.values() for chosen in several}
        keys |= {
            block["value"].get("picture")
            for page in pages
            for block in page.story.raw_data
            if block["type"] == "picture"
        }
        films = [
            block for page in pages for block in page.story.raw_data if block["type"] == "video"
        ]
        keys |= {block["value"].get("poster") for block in films}
        pictures, videos = pictures_by_key(keys, THUMB, LARGE), videos_in(films)
        for page in pages:
            of_page = (of_pages[page.pk] for of_pages in (activities, gallery, press))
            page.api_parts = ApiParts(*of_page, pictures, videos)

    @cached_property
    def api_parts(self) -> "ApiParts":
        """What the API says of this one page, a draft's own choice included; lists set it for all their pages at once."""
        chosen = (self.shown_activities, self.shown_pictures, self.shown_press)
        type(self)._join_parts([self], *({self.pk: list(rows.all())} for rows in chosen))
        return self.__dict__["api_parts"]

    def people_to_tell(self, flow: WorkflowState) -> Iterable[User]:
        """Return who hears of a return and of the publication: the unit's people and everybody who had a hand in it."""
        unit = holders(self.project.unit, Post.OFFICER, Post.CHAIR)
        return {person.pk: person for person in [*unit, *super().people_to_tell(flow)]}.values()

    def path_for(self, user: User) -> str:
        """Return where a person works on this page: the unit's people at /my/."""
        if holds_post(user, self.project.unit):
            return reverse("brands:edit_page", args=[self.project.project_no])
        return super().path_for(user)


class BrandPageActivity(Orderable):
    """An activity as the page tells it: copied when it is chosen, so that a later change of the record changes no public page."""

    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="shown_activities")
    # Kept while the record exists, to show it as chosen; a revision must survive the record's removal.
    activity = models.ForeignKey(
        "brands.Activity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("活动记录"),
    )
    date = models.DateField(_("日期"))
    name = models.CharField(_("活动名称"), max_length=50)
    participants = models.PositiveIntegerField(_("参与人次"), default=0)
    sentence = models.CharField(_("一句话"), max_length=200, blank=True)
    picture = models.ForeignKey(
        "cms.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("图片"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("品牌页活动")


class BrandPagePicture(Orderable):
    """A picture of the page's gallery."""

    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="shown_pictures")
    picture = models.ForeignKey(
        "cms.Picture", models.CASCADE, related_name="+", verbose_name=_("图片")
    )
    caption = models.CharField(_("说明"), max_length=50, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("品牌页图片")


class BrandPagePress(Orderable):
    """A press report as the page names it: copied when it is chosen, as an activity is."""

    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="shown_press")
    material = models.ForeignKey(
        "brands.Material",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("素材"),
    )
    title = models.CharField(_("标题"), max_length=80)
    media = models.CharField(_("媒体"), max_length=40, blank=True)
    dated = models.DateField(_("日期"), null=True, blank=True)
    url = models.URLField(_("链接"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("品牌页报道")
