"""What the browser needs so that pages kept on a telephone open where there is no signal."""

from collections.abc import MutableMapping

KEEPER = "design/keeper.js"


def let_keeper_serve(headers: MutableMapping[str, str], _path: str, url: str) -> None:
    """Let the script that keeps pages stand for the whole service, and not its own folder alone."""
    if url.endswith(KEEPER):
        headers["Service-Worker-Allowed"] = "/"
        headers["Cache-Control"] = "no-cache"
