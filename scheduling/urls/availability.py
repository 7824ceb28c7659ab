"""Below ``/review/availability/``. The id is that of the person."""

from django.urls import URLPattern, URLResolver, path

from scheduling.views.reviewer import availability

app_name = "availability"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", availability.own, name="own"),
    path("<uuid:pk>/", availability.person, name="person"),
    path("<uuid:pk>/office-hours/", availability.office_hours, name="office-hours"),
    path("<uuid:pk>/week/", availability.week, name="week"),
    path("<uuid:pk>/limits/", availability.limits, name="limits"),
    path("<uuid:pk>/dates/", availability.dates, name="dates"),
    path("<uuid:pk>/dates/<uuid:date>/removal/", availability.date_removal, name="date-removal"),
    path("<uuid:pk>/time-off/", availability.time_off, name="time-off"),
    path("<uuid:pk>/time-off/<uuid:off>/removal/", availability.time_off_removal, name="time-off-removal"),
]
