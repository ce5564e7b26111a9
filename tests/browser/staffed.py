"""A service on its first day with Hearth: its workers and teams are there, and no child is.

python -m tests.browser.staffed
"""

import os
from datetime import timedelta

import django


def main():
    """Write the invented service down, in the database that the environment names."""
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from hearth.accounts.actions import system_worker
    from hearth.accounts.worker_context import acting_as
    from hearth.demo.living import staff
    from hearth.demo.staff import service

    today = timezone.localdate()
    invented = service(full=False, seed=1, since=today - timedelta(days=30), today=today)
    with transaction.atomic(), acting_as(system_worker()):
        staff.write(invented, password=os.environ["HEARTH_DEMO_PASSWORD"])
        staff.retire(invented)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    os.environ["HEARTH_AS"] = "owner"
    main()
