"""The gallery as this suite's urlconf: open to all, beside the portal's own addresses."""

from django.urls import path

from commissioning_portal import urls as portal_urls
from commissioning_portal.gallery.samples import STATES, Everything, Filters
from commissioning_portal.gallery.views import gallery

__all__ = ["STATES", "Everything", "Filters"]
urlpatterns = [path("gallery/<slug:state>/", gallery), *portal_urls.urlpatterns]
