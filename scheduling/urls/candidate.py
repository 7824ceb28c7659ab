"""Below ``/c/live/``."""

from django.urls import URLPattern, URLResolver, path

from scheduling.views.candidate import booked, choosing

app_name = "scheduling"
urlpatterns: list[URLPattern | URLResolver] = [
    path("zone/", choosing.zone, name="zone"),
    path("bookings/<uuid:pk>/", booked.booking, name="booking"),
    path("bookings/<uuid:pk>/calendar/", booked.calendar, name="calendar"),
    path("bookings/<uuid:pk>/new-time/", booked.new_time, name="new-time"),
    path("bookings/<uuid:pk>/cancellation/", booked.cancellation, name="cancellation"),
    path("<uuid:pk>/", choosing.choose, name="choose"),
    path("<uuid:pk>/hold/", choosing.hold, name="hold"),
    path("<uuid:pk>/confirmation/", choosing.confirmation, name="confirmation"),
]
