"""Public pages of commissioners."""

from django.shortcuts import render


def index(request):
    """List them."""
    return render(request, "commissions/commissioners.html")


def detail(request, **kwargs):
    """Show one."""
    return render(request, "commissions/commissioners.html")
