"""The addresses of protecting a child: each subject's own."""

from hearth.protection import conference_urls
from hearth.protection.views import (
    agreements,
    core_groups,
    enquiries,
    found,
    going_home,
    register,
    strategy,
)

app_name = "protection"

urlpatterns = [
    *strategy.patterns,
    *enquiries.patterns,
    *found.patterns,
    *agreements.patterns,
    *going_home.patterns,
    *conference_urls.patterns,
    *core_groups.patterns,
    *register.patterns,
]
