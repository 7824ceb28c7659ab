"""Below ``/review/live/``."""

from django.urls import URLPattern, URLResolver, path

from scheduling.views.reviewer import bookings, kit, rounds

app_name = "scheduling"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", bookings.mine, name="mine"),
    path("bookings/<uuid:pk>/", bookings.booking, name="booking"),
    path("bookings/<uuid:pk>/kit/", kit.kit, name="kit"),
    path("bookings/<uuid:pk>/kit/scores/", kit.scores, name="kit-scores"),
    path("bookings/<uuid:pk>/cancellation/", bookings.cancellation, name="cancellation"),
    path("bookings/<uuid:pk>/new-time/", bookings.new_time, name="new-time"),
    path("bookings/<uuid:pk>/absence/", bookings.absence, name="absence"),
    path("applications/<uuid:pk>/offer/", rounds.offer, name="offer"),
    path("<uuid:pk>/", rounds.live_round, name="round"),
    path("<uuid:pk>/hours-request/", rounds.hours_request, name="hours-request"),
]
