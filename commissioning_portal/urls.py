"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from commissioning_portal import views
from commissioning_portal.gallery.views import gallery
from commissioning_portal.sign_in import views as sign_in

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("logo", views.logo, name="logo"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/password_change/", sign_in.change),
    path("admin/password/", sign_in.forgotten, name="admin_password_reset"),
    path("admin/password/sent/", sign_in.sent, name="password_reset_done"),
    path("admin/password/chosen/", sign_in.chosen, name="password_reset_complete"),
    path(
        "admin/password/<uidb64>/<token>/", sign_in.new, name="password_reset_confirm"
    ),
    path("admin/gallery/", admin.site.admin_view(gallery), name="gallery"),
    path("admin/gallery/<slug:state>/", admin.site.admin_view(gallery)),
    path("admin/", admin.site.urls),
    path("demonstration/mail/", views.demonstration_mail, name="demonstration-mail"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views.page, {"name": "about"}, name="about"),
        path(
            "accessibility/",
            views.page,
            {"name": "accessibility"},
            name="accessibility",
        ),
        path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
        path("cookies/", views.page, {"name": "cookies"}, name="cookies"),
        path("glossary/", views.page, {"name": "glossary"}, name="glossary"),
        path("", include("commissions.urls")),
        path("", include("consultations.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "commissioning_portal.views.bad_request"
