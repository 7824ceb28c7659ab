"""Who may open a reviewer's page. Which rows they find there is the QuerySets' ``for_reviewer``."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from hiring.accounts.models import User

P = ParamSpec("P")


class ReviewerRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User


View = Callable[Concatenate[ReviewerRequest, P], HttpResponse]
AnyView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reviewer_required(view: View[P]) -> AnyView[P]:
    """Any signed-in member of staff; strangers go to the sign-in page."""
    return login_required(cast("AnyView[P]", view))


def admin_required(view: View[P]) -> AnyView[P]:
    """Admins only; other staff are told so with a 403."""

    @wraps(view)
    def guarded(request: ReviewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return reviewer_required(guarded)
