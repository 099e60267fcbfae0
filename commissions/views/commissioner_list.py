"""The list of commissioners."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/commissioner_list.html")
