"""The web process's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")

application = get_wsgi_application()

# What the process holds from its start it holds to its end: set it aside, so that looking for what
# may be thrown away, a tenth of a second in which nobody is answered, looks at pages alone.
get_resolver().url_patterns  # noqa: B018 - this reads every room's pages
gc.collect()
gc.freeze()
