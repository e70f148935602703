"""Every address of the service."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from backend.core.api.schema import DocsView, SchemaView
from backend.core.api.views import UnknownAddress

api: list[URLPattern | URLResolver] = [
    path("", include("backend.organisations.api.urls")),
    path("", include("backend.alerts.api.urls")),
    path("", include("backend.files.api.urls")),
    path("", include("backend.exchange.api.urls")),
    path("", include("pathways.api.urls")),
    path("", include("competences.api.urls")),
    path("", include("employers.api.urls")),
    path("", include("reports.api.urls")),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
]

# One name space for every page, whichever house it lives in: a link says where it goes, not where the file is.
screens: list[URLPattern | URLResolver] = [
    path("", include("backend.web.urls")),
    path("", include("backend.organisations.screens.urls")),
    path("", include("backend.files.screens.urls")),
    path("", include("backend.exchange.screens.urls")),
    path("", include("pathways.screens.urls")),
    path("", include("competences.screens.urls")),
    path("", include("employers.screens.urls")),
    path("", include("reports.screens.urls")),
]

handler404 = "backend.web.views.errors.not_found"
handler500 = "backend.web.views.busy.server_error"

urlpatterns = [
    path("compte/", include("backend.accounts.urls")),
    path("api/v1/", include((api, "api"))),
    re_path(r"^api/", UnknownAddress.as_view()),
    path("", include((screens, "web"))),
]
