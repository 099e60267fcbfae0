"""The ground floor's addresses: public references and slugs, never keys."""

from django.urls import path

from commissions.views import (
    awards,
    barrier_list,
    barriers,
    changes,
    commission_files,
    commission_list,
    commissioner_list,
    commissioners,
    commissions,
    contract_files,
    contract_list,
    contracts,
    decision_files,
    decision_list,
    decisions,
    direct_award_list,
    files,
    notice_list,
    notices,
    organisation_list,
    organisations,
    pipeline,
    pipeline_files,
    scorecards,
    service_list,
    services,
    tenders,
)

app_name = "commissions"

urlpatterns = [
    path("commissions/", commission_list.index, name="commission-list"),
    path(
        "commissions.<slug:ending>", commission_files.export, name="commission-export"
    ),
    path("commissions/<str:reference>/", commissions.detail, name="commission-detail"),
    path(
        "commissions/<str:reference>/changes/",
        changes.detail,
        name="commission-changes",
    ),
    path(
        "commissions/<str:reference>/changes.json",
        changes.export,
        name="commission-changes-export",
    ),
    path("pipeline/", pipeline.index, name="pipeline"),
    path("pipeline.<slug:ending>", pipeline_files.export, name="pipeline-export"),
    path(
        "commissions/<str:reference>/notices/",
        notices.of_commission,
        name="commission-notices",
    ),
    path("notices/", notice_list.index, name="notice-list"),
    path("notices.<slug:ending>", notice_list.export, name="notice-export"),
    path("commissions/<str:reference>/tender/", tenders.detail, name="tender-detail"),
    path(
        "commissions/<str:reference>/tender.ics",
        tenders.deadlines,
        name="tender-deadlines",
    ),
    path("commissions/<str:reference>/award/", awards.detail, name="award-detail"),
    path("direct-awards/", direct_award_list.index, name="direct-award-list"),
    path(
        "direct-awards.<slug:ending>",
        direct_award_list.export,
        name="direct-award-export",
    ),
    path("organisations.csv", organisation_list.export, name="organisation-export"),
    path("services.csv", service_list.export, name="service-export"),
    path("commissioners/", commissioner_list.index, name="commissioner-list"),
    path(
        "commissioners/<slug:slug>/", commissioners.detail, name="commissioner-detail"
    ),
    path("organisations/", organisation_list.index, name="organisation-list"),
    path(
        "organisations/<slug:slug>/", organisations.detail, name="organisation-detail"
    ),
    path(
        "organisations/<slug:slug>/scorecard/",
        scorecards.detail,
        name="scorecard-detail",
    ),
    path(
        "organisations/<slug:slug>/scorecard/<slug:measure>/",
        scorecards.rows,
        name="scorecard-rows",
    ),
    path("scorecards/", scorecards.index, name="scorecard-list"),
    path("scorecards/<slug:measure>/", scorecards.rows, name="scorecards-rows"),
    path("services/", service_list.index, name="service-list"),
    path("services/<slug:slug>/", services.detail, name="service-detail"),
    path("contracts/", contract_list.index, name="contract-list"),
    path("contracts.<slug:ending>", contract_files.export, name="contract-export"),
    path("contracts/<str:reference>/", contracts.detail, name="contract-detail"),
    path("decisions/", decision_list.index, name="decision-list"),
    path("decisions.<slug:ending>", decision_files.export, name="decision-export"),
    path("decisions/<str:reference>/", decisions.detail, name="decision-detail"),
    path("barriers/", barrier_list.index, name="barrier-list"),
    path("barriers.csv", barrier_list.export, name="barrier-export"),
    path("barriers/<slug:slug>/", barriers.detail, name="barrier-detail"),
    path("media/commissioners/<str:name>", files.portrait, name="portrait"),
    path("media/documents/<int:year>/<str:name>", files.document, name="document"),
]
