"""How much may be sent at once: more is read past and never stored, and the page says so."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class Limited(FileUploadHandler):
    """Stands before Django's own, and lets nothing through of what is too much in all.

    What was answered above the first file is still there for the page to show again.
    """

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's own signature
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Note whether there is too much, before any of it is read."""
        self.too_much = content_length > settings.UPLOAD_LIMIT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Let no file begin."""
        super().new_file(*args, **kwargs)
        if self.too_much:
            self.request.sent_too_much = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Hand on what there is."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to whichever comes next."""


def sent_too_much(request: HttpRequest) -> bool:
    """Whether files were left out because there was too much in all."""
    # What is sent is read when it is first asked for.
    return request.method == "POST" and not request.FILES and hasattr(request, "sent_too_much")
