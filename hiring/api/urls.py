"""Everything below ``/api/v1/``: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from hiring.api import documentation, live, moves, views

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", documentation.DocsView.as_view(), name="docs"),
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/", views.OneJob.as_view(), name="job"),
    path("jobs/<uuid:pk>/applications/", views.Applications.as_view(), name="applications"),
    path("applications/<uuid:pk>/", views.OneApplication.as_view(), name="application"),
    path("applications/<uuid:pk>/advancement/", moves.Advancement.as_view(), name="advancement"),
    path("applications/<uuid:pk>/decision/", moves.DecisionView.as_view(), name="decision"),
    path("applications/<uuid:pk>/decision/telling/", moves.Telling.as_view(), name="decision-telling"),
    path("applications/<uuid:pk>/reopening/", moves.Reopening.as_view(), name="reopening"),
    path("applications/<uuid:pk>/events/", moves.Events.as_view(), name="events"),
    path("reject-reasons/", moves.RejectReasons.as_view(), name="reject-reasons"),
    path("applications/<uuid:pk>/invitation/", views.Invitation.as_view(), name="invitation"),
    path("jobs/<uuid:pk>/live-rounds/", live.LiveRounds.as_view(), name="live-rounds"),
    path("live-rounds/<uuid:pk>/", live.OneLiveRound.as_view(), name="live-round"),
    path("applications/<uuid:pk>/offer/", live.OfferView.as_view(), name="offer"),
    path("applications/<uuid:pk>/slots/", live.Slots.as_view(), name="slots"),
    path("applications/<uuid:pk>/bookings/", live.ApplicationBookings.as_view(), name="application-bookings"),
    path("bookings/", live.Bookings.as_view(), name="bookings"),
    path("bookings/<uuid:pk>/", live.OneBooking.as_view(), name="booking"),
    path("bookings/<uuid:pk>/slots/", live.BookingSlots.as_view(), name="booking-slots"),
    path("bookings/<uuid:pk>/new-time/", live.NewTime.as_view(), name="booking-new-time"),
    path("bookings/<uuid:pk>/cancellation/", live.Cancellation.as_view(), name="booking-cancellation"),
    path("bookings/<uuid:pk>/absence/", live.Absence.as_view(), name="booking-absence"),
]
