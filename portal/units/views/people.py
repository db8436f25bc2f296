"""Single accounts in the CMS: add, correct, deactivate, hand out an initial password."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..auditing import client_ip
from ..doors import has_own_door
from ..forms import PersonForm
from ..models import User
from ..passwords import give_initial_passwords
from ..people import add_person, correct_person, set_active
from ..permissions import may_manage_people, may_manage_person

LIST = "units_person_modeladmin_index"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Create an account, then offer its initial password."""
    if not may_manage_people(request.user):
        raise PermissionDenied
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = add_person(actor=request.user, **form.cleaned_data)
        messages.success(request, _("已添加%(name)s。") % {"name": person.name})
        return redirect("units_initial_password", person.pk)
    return render(request, "units/admin/person.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, person_pk: str) -> HttpResponse:
    """Correct an account."""
    person = _managed(request, person_pk)
    form = PersonForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=person.pk)
    )
    if request.method == "POST" and form.is_valid():
        correct_person(person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已保存%(name)s的资料。") % {"name": person.name})
        return redirect(LIST)
    context = {"form": form, "person": person, "own_door": has_own_door(person)}
    return render(request, "units/admin/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initial_password(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Ask, then draw a new initial password and show it this once."""
    person = _managed(request, person_pk)
    if has_own_door(person):
        messages.error(
            request, _("%(name)s凭邀请链接和验证码进入，没有密码。") % {"name": person.name}
        )
        return redirect(LIST)
    password = None
    if request.method == "POST":
        ((person, password),) = give_initial_passwords(
            [person], actor=request.user, ip=client_ip(request)
        )
    context = {"person": person, "password": password}
    return render(request, "units/admin/initial_password.html", context)


@require_POST
def activate(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Let a person sign in, or no longer."""
    person = _managed(request, person_pk)
    active = request.POST.get("active") == "yes"
    if person == request.user:
        messages.error(request, _("不能停用自己的账号。"))
    else:
        set_active(person, active=active, actor=request.user, ip=client_ip(request))
        words = _("已启用%(name)s的账号。") if active else _("已停用%(name)s的账号。")
        messages.success(request, words % {"name": person.name})
    return redirect(LIST)


def _managed(request: HttpRequest, person_pk: int | str) -> User:
    """Return the person if the reader may manage his account."""
    if not may_manage_people(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, pk=person_pk)
    if not may_manage_person(request.user, person):
        raise PermissionDenied
    return person
