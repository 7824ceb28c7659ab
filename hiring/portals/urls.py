"""Where the pages that span stages answer, below ``/review/``."""

from django.urls import path

from hiring.portals.views.reviewer import (
    applications,
    candidates,
    company,
    home,
    jobs,
    letters,
    members,
    messages,
    people,
)

reviewer = [
    path("", home.home, name="home"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/opening/", jobs.opening, name="job-opening"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/settings/", jobs.settings, name="job-settings"),
    path("jobs/<uuid:pk>/candidates/", candidates.candidates, name="job-candidates"),
    path("jobs/<uuid:pk>/invitations/", candidates.invitations, name="job-invitations"),
    path("jobs/<uuid:pk>/members/", members.members, name="job-members"),
    path("jobs/<uuid:pk>/members/<uuid:user>/removal/", members.removal, name="job-member-removal"),
    path("applications/<uuid:pk>/", applications.application, name="application"),
    path("applications/<uuid:pk>/invitation/", applications.invitation, name="application-invitation"),
    path("applications/<uuid:pk>/invitation/resending/", applications.resending, name="application-resending"),
    path("applications/<uuid:pk>/reminder/", applications.reminder, name="application-reminder"),
    path("applications/<uuid:pk>/extension/", applications.extension, name="application-extension"),
    path("applications/<uuid:pk>/link/", applications.link, name="application-link"),
    path("applications/<uuid:pk>/link/revocation/", applications.revocation, name="application-revocation"),
    path("applications/<uuid:pk>/reviewers/", applications.reviewers, name="application-reviewers"),
    path("applications/<uuid:pk>/reviewers/<uuid:user>/release/", applications.release, name="application-release"),
    path("messages/<uuid:pk>/", messages.message, name="message"),
    path("messages/<uuid:pk>/resending/", messages.resending, name="message-resending"),
    path("people/", people.people, name="people"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/password/", people.password, name="person-password"),
    path("people/<uuid:pk>/deactivation/", people.deactivation, name="person-deactivation"),
    path("people/<uuid:pk>/reactivation/", people.reactivation, name="person-reactivation"),
    path(
        "people/<uuid:pk>/second-factor/removal/",
        people.second_factor_removal,
        name="person-second-factor-removal",
    ),
    path("company/", company.company, name="company"),
    path("company/letters/", letters.letters, name="letters"),
    path("company/letters/<slug:kind>/", letters.letter, name="letter"),
    path("company/letters/<slug:kind>/preview/", letters.preview, name="letter-preview"),
    path("company/letters/<slug:kind>/test/", letters.test, name="letter-test"),
    path("company/letters/<slug:kind>/removal/", letters.removal, name="letter-removal"),
]
