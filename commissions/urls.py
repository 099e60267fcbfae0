"""The ground floor's addresses: public references and slugs, never keys."""

from django.urls import path

from commissions.views import commissioners, commissions, organisations, services

app_name = "commissions"

urlpatterns = [
    path("commissions/", commissions.index, name="commission-list"),
    path("commissions/<str:reference>/", commissions.detail, name="commission-detail"),
    path("commissioners/", commissioners.index, name="commissioner-list"),
    path(
        "commissioners/<slug:slug>/", commissioners.detail, name="commissioner-detail"
    ),
    path("organisations/", organisations.index, name="organisation-list"),
    path(
        "organisations/<slug:slug>/", organisations.detail, name="organisation-detail"
    ),
    path("services/", services.index, name="service-list"),
    path("services/<slug:slug>/", services.detail, name="service-detail"),
]
