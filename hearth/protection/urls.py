"""The addresses of protecting a child: each subject's own."""

from hearth.protection.views import agreements, enquiries, found, strategy

app_name = "protection"

urlpatterns = [
    *strategy.patterns,
    *enquiries.patterns,
    *found.patterns,
    *agreements.patterns,
]
