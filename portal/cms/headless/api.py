"""The headless API at /api/v2/: what the public pages say, and nothing else, the same for everybody.

Nobody is signed in here: sessions are not looked at, so a person sees exactly what the public sees.
A page class may declare `api_filters` {parameter: lookup}, `for_api(queryset)` (joins) and `prepare_for_api(pages)` (what a
whole list needs, read at once).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe
from rest_framework.filters import BaseFilterBackend
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api.v2.filters import (
    AncestorOfFilter,
    ChildOfFilter,
    DescendantOfFilter,
    FieldsFilter,
    OrderingFilter,
)
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer, RelatedField
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from ..files.media import shown
from ..models import Document, Picture, know_their_site
from ..models.told import LARGE, THUMB
from ..searching import found_in, public_pages, question_of
from .description import description, readable_kinds
from .previewing import previewed, with_token

DESCRIPTION_SECONDS = 60
OFFSET_DIGITS = 15


def asked_each_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let answers be kept, but asked about before each use: what is taken down is gone at once.

    By shared caches only where no session's cookie could ride along.
    """

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            patch_cache_control(
                response, no_cache=True, **{"private" if signed_in else "public": True}
            )
        return response

    return keeping


class SearchWords(BaseFilterBackend):
    """`search=`: every word has to occur, as in the public search."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the pages, pictures or documents in which the words occur."""
        if "search" not in request.GET:
            return queryset
        question = question_of(request.GET["search"])
        if not question:
            return queryset.none()
        found = found_in(queryset, question)
        return found.order_by(*queryset.query.order_by) if "order" in request.GET else found


class DeclaredOrder(OrderingFilter):
    """`order=` by the filters too that the page class declares, e.g. `-year` of brand pages."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the pages in the order asked for."""
        name = request.GET.get("order", "")
        lookup = getattr(queryset.model, "api_filters", {}).get(name.removeprefix("-"))
        if lookup is None:
            return super().filter_queryset(request, queryset, view)
        return queryset.order_by(f"-{lookup}" if name.startswith("-") else lookup, "pk")


class DeclaredFilters(BaseFilterBackend):
    """The filters that the page class declares, e.g. `year=` of brand pages."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the pages that fit."""
        for name, lookup in getattr(queryset.model, "api_filters", {}).items():
            if name in request.GET:
                try:
                    queryset = queryset.filter(**{lookup: request.GET[name].replace("\x00", "")})
                except ValueError as error:
                    raise BadRequestError(
                        f"'{request.GET[name]}' is not a valid value for {name}"
                    ) from error
        return queryset


class LocaleOfContent(BaseFilterBackend):
    """`locale=`: pages in that language of content, of which there is one today."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the pages in the language."""
        if "locale" not in request.GET:
            return queryset
        return queryset.filter(locale__language_code=request.GET["locale"])


class Anonymous(BaseAPIViewSet):
    """Reads as the public: no sign-in, JSON only, with an ETag."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]
    known_query_parameters = BaseAPIViewSet.known_query_parameters - {
        "search",
        "search_operator",
        "rich_text_format",
        "format",
    }

    @classmethod
    def as_view(cls, *args: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Return the view, conditional and cacheable."""
        return conditional_page(asked_each_time(super().as_view(*args, **kwargs)))

    def listing_view(self, request: HttpRequest) -> HttpResponse:
        """Return the list from an offset that a database can count to."""
        offset = request.GET.get("offset", "")
        if offset.isdecimal() and len(offset) > OFFSET_DIGITS:
            raise BadRequestError("offset is too large")
        return super().listing_view(request)

    def detail_view(self, request: HttpRequest, pk: int) -> Response:
        """Return one, unless the question holds what a single one cannot be asked."""
        if unknown := set(request.GET) - {"fields"}:
            raise BadRequestError(f"not a parameter of a single one: {', '.join(sorted(unknown))}")
        return super().detail_view(request, pk)

    def handle_exception(self, exc: Exception) -> HttpResponse:
        """Answer with a message: 400 to what no field can hold (a date "abc", an id "x"), 404 to what is not public."""
        if isinstance(exc, Http404):
            return not_there(self.request)
        if self.request.GET and isinstance(exc, ValueError | ValidationError | OverflowError):
            exc = BadRequestError("a parameter has a value that its field cannot hold")
        response = super().handle_exception(exc)
        if "detail" in response.data:
            response.data = {"message": response.data["detail"]}
        return response


def not_there(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Answer 404 in the API's own way, to any address below it."""
    message = {"message": gettext("没有，或者没有公开")}
    return JsonResponse(message, status=404, json_dumps_params={"ensure_ascii": False})


class PublicRelated(RelatedField):
    """What a page refers to: another page only while the public may read that one."""

    def get_attribute(self, instance: Model) -> Any:
        """Return what it refers to, or None."""
        related = super().get_attribute(instance)
        if isinstance(related, Page) and related.pk not in self._public_keys:
            return None
        return related

    @cached_property
    def _public_keys(self) -> set[int]:
        """The public pages among all that the rows of the answer refer to, asked for at once."""
        answered = self.root.instance
        rows = answered if isinstance(answered, list) else [answered]
        keys = {getattr(row, f"{self.source}_id") for row in rows}
        return set(public_pages().filter(pk__in=keys - {None}).values_list("pk", flat=True))


class PublicPage(PageSerializer):
    """A page as the public may know it."""

    serializer_related_field = PublicRelated


class PublicPages(Anonymous, PagesAPIViewSet):
    """Live pages without a view restriction."""

    base_serializer_class = PublicPage

    filter_backends = [
        FieldsFilter,
        DeclaredFilters,
        LocaleOfContent,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        DeclaredOrder,
        SearchWords,
    ]
    known_query_parameters = Anonymous.known_query_parameters | {
        "type",
        "child_of",
        "ancestor_of",
        "descendant_of",
        "search",
        "locale",
    }
    meta_fields = BaseAPIViewSet.meta_fields + [
        "html_url",
        "slug",
        "search_description",
        "first_published_at",
        "parent",
    ]

    @classmethod
    def get_detail_default_fields(cls, model: type[Model]) -> list[str]:
        """Return the fields of one page; there is one language of content, so no `locale` among them."""
        return BaseAPIViewSet.get_detail_default_fields.__func__(cls, model)

    def get_base_queryset(self) -> QuerySet[Page]:
        """Return what the public sees, whoever asks."""
        return public_pages().order_by("pk")

    def get_queryset(self) -> QuerySet:
        """Return the pages asked for, with the joins their class wants."""
        queryset = super().get_queryset().order_by("pk")
        for_api = getattr(queryset.model, "for_api", None)
        return for_api(queryset) if for_api else queryset

    def check_query_parameters(self, queryset: QuerySet) -> None:
        """Allow the declared filters too; refuse what nobody knows."""
        self.known_query_parameters = type(self).known_query_parameters | set(
            getattr(queryset.model, "api_filters", {})
        )
        super().check_query_parameters(queryset)

    def paginate_queryset(self, queryset: QuerySet) -> list[Model]:
        """Return one page of the list, with what all its rows need read at once."""
        rows = list(super().paginate_queryset(queryset))
        know_their_site(rows)
        prepare = getattr(queryset.model, "prepare_for_api", None)
        if prepare:
            prepare(rows)
        return rows


class PublicPictures(Anonymous, ImagesAPIViewSet):
    """Pictures that a live page shows; scaled copies only, originals are nobody's."""

    model = Picture
    filter_backends = [FieldsFilter, OrderingFilter, SearchWords]
    known_query_parameters = Anonymous.known_query_parameters | {"search"}
    body_fields = BaseAPIViewSet.body_fields + ["title", "width", "height"]
    meta_fields = BaseAPIViewSet.meta_fields
    listing_default_fields = BaseAPIViewSet.listing_default_fields + [
        "title",
        "caption",
        "thumbnail",
    ]
    nested_default_fields = BaseAPIViewSet.nested_default_fields + ["title"]

    def get_queryset(self) -> QuerySet[Picture]:
        """Return the pictures of live pages with their scaled copies."""
        return (
            Picture.objects.filter(pk__in=shown(Picture))
            .prefetch_renditions(THUMB, LARGE)
            .order_by("pk")
        )


class PublicDocuments(Anonymous, DocumentsAPIViewSet):
    """Documents that a live page offers."""

    model = Document
    filter_backends = [FieldsFilter, OrderingFilter, SearchWords]
    known_query_parameters = Anonymous.known_query_parameters | {"search"}

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents of live pages."""
        return Document.objects.filter(pk__in=shown(Document)).order_by("pk")


class Draft(PublicPages):
    """One revision that is not published, as a page of `pages/` would say it, for whoever holds its token; kept nowhere."""

    name = "preview"

    @classmethod
    def as_view(cls, *args: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Return the view; nothing between it and its reader keeps an answer."""
        return never_cache(BaseAPIViewSet.as_view.__func__(cls, *args, **kwargs))

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """Return the one address; a draft is in no list."""
        return [path("", cls.as_view({"get": "detail_view"}), name="detail")]

    @cached_property
    def draft(self) -> Page:
        """The revision that the token opens.

        Raises:
            Http404: it opens none.
        """
        revision = previewed(self.request.GET.get("token", ""))
        if revision is None:
            raise Http404
        return revision.as_object()

    def get_object(self) -> Page:
        """Return the draft."""
        return self.draft

    def detail_view(self, request: HttpRequest) -> Response:
        """Say the draft; its files can be fetched with the same token."""
        said = self.get_serializer(self.draft).data
        return Response(with_token(said, request.GET["token"]))


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PublicPages)
api_router.register_endpoint("images", PublicPictures)
api_router.register_endpoint("documents", PublicDocuments)
api_router.register_endpoint("preview", Draft)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Describe the API for people: what the description for programs says, kind by kind."""
    return render(request, "cms/api_docs.html", {"kinds": readable_kinds()})


@require_safe
@cache_control(public=True, max_age=DESCRIPTION_SECONDS)
def openapi(request: HttpRequest) -> JsonResponse:
    """Describe the API for programs (OpenAPI 3.1)."""
    return JsonResponse(
        description(request.build_absolute_uri("/api/v2/")),
        json_dumps_params={"ensure_ascii": False},
    )
