"""The list of services."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/service_list.html")
