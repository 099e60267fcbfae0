"""Public pages of organisations."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/organisations.html")


def detail(request, **kwargs):
    """Show one."""
    return render(request, "commissions/organisations.html")
