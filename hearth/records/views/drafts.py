"""Where the browser saves what is being typed. The contract is in static/design/drafts.js."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.records import actions, policies
from hearth.records.actions.drafts import Answer, Kept
from hearth.records.drafts import all_visible, as_saved, key_from_page, title_of
from hearth.records.forms.drafts import Unreadable, read_draft

LONGEST_ADDRESS = 500


@require_POST
@guard(policies.save_draft)
def save_draft(request: SignedInRequest) -> JsonResponse:
    """Keep a draft, or throw it away, and say how that went."""
    try:
        sent = read_draft(request.body)
    except Unreadable as error:
        return JsonResponse({"reason": str(error)}, status=HTTPStatus.BAD_REQUEST)
    key = key_from_page(sent.key, request.user)
    if key is not None and sent.discard:
        actions.discard_draft(key=key, by=request.user)
        return JsonResponse({"version": sent.version})
    if key is None or not all_visible(sent.about, request.user):
        return JsonResponse({"reason": "Not found"}, status=HTTPStatus.NOT_FOUND)
    kept = actions.save_draft(
        key=key,
        version=sent.version,
        fields=sent.fields,
        about=sent.about,
        address=page_of(request),
        by=request.user,
    )
    return answer(kept, request)


def answer(kept: Kept, request: SignedInRequest) -> JsonResponse:
    """What became of the draft, in the words drafts.js reads."""
    saved = as_saved(kept.draft, request.user)
    if saved is None or kept.answer is Answer.FINISHED:
        return JsonResponse({"reason": "Already sent or discarded"}, status=HTTPStatus.GONE)
    if kept.answer is Answer.CLASH:
        return JsonResponse(saved.as_json(), status=HTTPStatus.CONFLICT)
    return JsonResponse({"version": saved.version, "at": saved.at.isoformat()})


def page_of(request: HttpRequest) -> str:
    """The page the draft is typed on, when the browser says and it is one of ours."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or not title_of(page.path):
        return ""
    address = f"{page.path}?{page.query}" if page.query else page.path
    return address if len(address) <= LONGEST_ADDRESS else page.path[:LONGEST_ADDRESS]
