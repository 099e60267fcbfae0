"""The ground floor's addresses: public references and slugs, never keys."""

from django.urls import path

from commissions.public import awards as awards_views
from commissions.public import direct_awards as direct_awards_exports
from commissions.public import direct_awards as direct_awards_views
from commissions.public import involvement as involvement_views
from commissions.public import media
from commissions.public import organisations as organisations_views
from commissions.public import scorecards as scorecards_exports
from commissions.public import scorecards as scorecards_views
from commissions.public import services as services_views
from commissions.public import tenders as tenders_views
from commissions.public.changes import views as changes_views
from commissions.public.commission import exports as commission_exports
from commissions.public.commission import views as commission_views
from commissions.public.contracts import exports as contracts_exports
from commissions.public.contracts import views as contracts_views
from commissions.public.decisions import exports as decisions_exports
from commissions.public.decisions import views as decisions_views
from commissions.public.notices import views as notices_views
from commissions.public.people import views as people_views
from commissions.public.pipeline import exports as pipeline_exports
from commissions.public.pipeline import page as pipeline_views
from commissions.public.places import page as places_views
from commissions.public.search import page as search_page
from commissions.public.search.page import by_any_spelling
from commissions.public.sharing import embed, pictures, site

app_name = "commissions"

urlpatterns = [
    path("commissions/", commission_views.index, name="commission-list"),
    path(
        "commissions.<slug:ending>", commission_exports.export, name="commission-export"
    ),
    path("search/", search_page.index, name="search"),
    path("search.<slug:ending>", search_page.export, name="search-export"),
    path(
        "commissions/<str:reference>/",
        commission_views.detail,
        name="commission-detail",
    ),
    path(
        "commissions/<str:reference>/easy-read/",
        commission_views.easy_read,
        name="commission-easy-read",
    ),
    path(
        "commissions/<str:reference>/changes/",
        changes_views.detail,
        name="commission-changes",
    ),
    path(
        "commissions/<str:reference>/changes.json",
        changes_views.export,
        name="commission-changes-export",
    ),
    path("pipeline/", pipeline_views.index, name="pipeline"),
    path("pipeline.<slug:ending>", pipeline_exports.export, name="pipeline-export"),
    path(
        "commissions/<str:reference>/notices/",
        notices_views.of_commission,
        name="commission-notices",
    ),
    path("notices/", notices_views.index, name="notice-list"),
    path("notices.<slug:ending>", notices_views.export, name="notice-export"),
    path(
        "commissions/<str:reference>/tender/",
        tenders_views.detail,
        name="tender-detail",
    ),
    path(
        "commissions/<str:reference>/tender.ics",
        tenders_views.deadlines,
        name="tender-deadlines",
    ),
    path(
        "commissions/<str:reference>/award/", awards_views.detail, name="award-detail"
    ),
    path("direct-awards/", direct_awards_views.index, name="direct-award-list"),
    path(
        "direct-awards.<slug:ending>",
        direct_awards_exports.export,
        name="direct-award-export",
    ),
    path("organisations.csv", organisations_views.export, name="organisation-export"),
    path("services.csv", services_views.export, name="service-export"),
    path("commissioners/", people_views.index, name="commissioner-list"),
    path("commissioners/<slug:slug>/", people_views.detail, name="commissioner-detail"),
    path("organisations/", organisations_views.index, name="organisation-list"),
    path(
        "organisations/<slug:slug>/",
        organisations_views.detail,
        name="organisation-detail",
    ),
    path(
        "organisations/<slug:slug>/scorecard/",
        scorecards_views.detail,
        name="scorecard-detail",
    ),
    path(
        "organisations/<slug:slug>/scorecard/<slug:measure>/",
        scorecards_views.rows,
        name="scorecard-rows",
    ),
    path(
        "scorecards.<slug:ending>", scorecards_exports.export, name="scorecard-export"
    ),
    path("scorecards/", scorecards_views.index, name="scorecard-list"),
    path("scorecards/<slug:measure>/", scorecards_views.rows, name="scorecards-rows"),
    path("services/", services_views.index, name="service-list"),
    path("services/<slug:slug>/", services_views.detail, name="service-detail"),
    path("contracts/", contracts_views.index, name="contract-list"),
    path("contracts.<slug:ending>", contracts_exports.export, name="contract-export"),
    path("contracts/<str:reference>/", contracts_views.detail, name="contract-detail"),
    path("decisions/", decisions_views.index, name="decision-list"),
    path("decisions.<slug:ending>", decisions_exports.export, name="decision-export"),
    path("decisions/<str:reference>/", decisions_views.detail, name="decision-detail"),
    path("places/", places_views.index, name="place-list"),
    path("places.<slug:ending>", places_views.export, name="place-export"),
    path("places/<slug:slug>/", places_views.detail, name="place-detail"),
    path("barriers/", involvement_views.index, name="barrier-list"),
    path("barriers.csv", involvement_views.export, name="barrier-export"),
    path("barriers/<slug:slug>/", involvement_views.detail, name="barrier-detail"),
    path(
        "embed/commissions/<str:reference>/",
        embed.commission_card,
        name="commission-card",
    ),
    path("pictures/<slug:kind>/<str:key>.png", pictures.picture, name="share-picture"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("sitemap-pages.xml", site.sitemap_pages, name="sitemap-pages"),
    path("sitemap-<int:number>.xml", site.sitemap_part, name="sitemap-part"),
    path(".well-known/security.txt", site.security, name="security"),
    path("manifest.webmanifest", site.manifest, name="manifest"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("apple-touch-icon.png", site.icon, name="apple-touch-icon"),
    path("icon-<int:size>.png", site.icon, name="icon"),
    path("media/commissioners/<str:name>", media.portrait, name="portrait"),
    path("media/easy-read/<str:name>", media.easy_read, name="easy-read-picture"),
    path("media/documents/<int:year>/<str:name>", media.document, name="document"),
]
by_any_spelling(urlpatterns)
