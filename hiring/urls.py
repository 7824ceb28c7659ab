"""The whole map: public pages, the candidate's portal, the reviewer's portal, the API."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from hiring.api import reviewer as tokens
from hiring.portals import urls as portals
from hiring.portals.views import applying, public, styleguide, welcome
from hiring.portals.views import candidate as portal
from hiring.runtime import views as runtime
from interviews.views.public import verify

candidate: list[URLPattern | URLResolver] = [
    path("", portal.home, name="home"),
    path("messages/", portal.letters, name="letters"),
    path("messages/<uuid:pk>/", portal.letter, name="letter"),
    path("withdrawal/", portal.withdrawal, name="withdrawal"),
    path("devices/", portal.devices, name="devices"),
    path("devices/removal/", portal.other_devices_removal, name="other-devices-removal"),
    path("devices/<uuid:pk>/removal/", portal.device_removal, name="device-removal"),
    path("documents/", include("screening.urls.candidate")),
    path("interviews/", include("interviews.urls.candidate")),
    path("live/", include("scheduling.urls.candidate")),
    path("<str:token>/", portal.enter, name="enter"),
    path("<str:token>/new-link/", portal.new_link, name="new-link"),
]

reviewer: list[URLPattern | URLResolver] = [
    *portals.reviewer,
    path("screening/", include("screening.urls.reviewer")),
    path("interviews/", include("interviews.urls.reviewer")),
    path("live/", include("scheduling.urls.reviewer")),
    path("availability/", include("scheduling.urls.availability")),
    path("", include("hiring.rubrics.urls")),
    path("company/tokens/", tokens.tokens, name="tokens"),
    path("company/tokens/<uuid:pk>/revocation/", tokens.revocation, name="token-revocation"),
]

handler400 = "hiring.api.faults.bad_request"
handler404 = "hiring.api.faults.not_found"
handler500 = "hiring.api.faults.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", runtime.healthz, name="healthz"),
    path("readyz", runtime.readyz, name="readyz"),
    path("", public.front, name="front"),
    path("jobs.rss", public.feed, name="feed"),
    path("embed/", public.embed, name="embed"),
    path("jobs/<slug:slug>/", public.job, name="job"),
    path("jobs/<slug:slug>/application/", applying.application, name="apply"),
    path("jobs/<slug:slug>/application/received/", applying.received, name="applied"),
    path("verify/", verify, name="verify-form"),
    path("verify/<str:code>/", verify, name="verify"),
    path("c/", include((candidate, "candidate"))),
    path("review/", include((reviewer, "reviewer"))),
    path("api/v1/", include("hiring.api.urls")),
    path("api/v1/", include("interviews.urls.api")),
    path("api/v1/", include("scheduling.urls.api")),
    path("accounts/", include("hiring.accounts.urls")),
    path("welcome/", welcome.welcome, name="welcome"),
]

if settings.STYLEGUIDE:
    urlpatterns += [
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        path("styleguide/candidate/", styleguide.candidate_screen, name="styleguide-candidate"),
    ]
