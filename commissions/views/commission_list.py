"""The list of commissions."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/commission_list.html")
