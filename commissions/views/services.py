"""Public pages of services."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/services.html")


def detail(request, **kwargs):
    """Show one."""
    return render(request, "commissions/services.html")
