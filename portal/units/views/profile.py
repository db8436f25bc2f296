"""A person's own data: see it, correct it, take it away (个人信息保护法)."""

from allauth.account.views import password_change
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..forms import ProfileForm
from ..models import Role, User
from ..personal_data import correct_contact, personal_data


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show the person's data and take corrections of phone and e-mail address."""
    # The form writes into its instance before it is found wrong; the page goes on showing what is stored.
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        instance=User.objects.get(pk=request.user.pk),
    )
    if request.method == "POST" and form.is_valid():
        correct_contact(person=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("profile")
    memberships = request.user.memberships.select_related("unit").order_by("-since")
    context = {
        "form": form,
        "memberships": memberships,
        "roles": [role.label for role in Role if role in request.user.roles],
    }
    return render(request, "units/profile.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password; who has none (allauth would let him choose one) is told so."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        messages.info(request, _("您的账号没有密码，不用修改。"))
        return redirect("profile")
    return password_change(request)


@never_cache
@login_required
@require_safe
def download_own_data(request: HttpRequest) -> HttpResponse:
    """Hand out everything the portal keeps about the person, as JSON."""
    response = JsonResponse(
        personal_data(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
