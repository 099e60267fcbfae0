"""Public pages of commissions."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/commissions.html")


def detail(request, **kwargs):
    """Show one."""
    return render(request, "commissions/commissions.html")
