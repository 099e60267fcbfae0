"""The list of organisations."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/organisation_list.html")
