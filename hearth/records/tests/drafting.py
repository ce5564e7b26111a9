"""A colleague who is typing into a form, for the tests of forms that several write."""

import json

from django.test import Client

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself


def typed(colleague, at, **fields):
    """A colleague opens the form and types; their browser keeps a draft, and it is not sent yet."""
    browser = Client()
    browser.force_login(colleague)
    draft = browser.get(at).context["draft"]
    said = {name: [words] for name, words in fields.items()}
    kept = {"key": draft.key, "version": 0, "about": draft.about, "address": at, "fields": said}
    answer = browser.post("/drafts/save/", json.dumps(kept), content_type="application/json")
    assert answer.status_code == 200
    set_worker(hearth_itself())
