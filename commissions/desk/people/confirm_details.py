"""“My details”: the page on which a commissioner confirms what the public sees of them."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse

from commissions.desk.base import acting_as
from commissions.models import Commissioner, NotReady
from commissions.people.holdings import is_unconfirmed
from commissions.people.models import confirm_details


def my_details(request):
    """Show the signed-in person's details; on POST confirm them."""
    person = Commissioner.objects.filter(user=request.user).first()
    if person is None:
        messages.info(request, "Your account is not that of a commissioner.")
        return redirect("admin:index")
    if request.method == "POST":
        try:
            confirm_details(person, by=acting_as(request.user))
        except NotReady as refused:
            messages.error(request, refused)
        else:
            messages.success(request, "Confirmed. The public sees today’s date.")
        return redirect("admin:commissioner-mine")
    context = {
        **admin.site.each_context(request),
        "opts": Commissioner._meta,
        "title": "My details",
        "is_nav_sidebar_enabled": False,
        "person": person,
        "tenures": person.tenures.current().select_related("post__organisation"),
        "stale": is_unconfirmed(person.confirmed_on),
        "may_change": request.user.has_perm("commissions.change_commissioner"),
        "change_url": reverse(
            "admin:commissions_commissioner_change", args=[person.pk]
        ),
    }
    return render(request, "admin/commissions/my_details.html", context)
