"""Whether this web process can serve: what a balancer asks before sending anybody here."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from hearth.accounts.guard import unguarded


@unguarded("It tells a balancer whether to send anybody here, and nothing else to anybody")
@login_not_required
@transaction.non_atomic_requests
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not. It tells nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer\n", "text/plain", status=503)
    return HttpResponse("Well\n", "text/plain")
