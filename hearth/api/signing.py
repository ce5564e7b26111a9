"""How a question is signed: with the asker's own key, over what is asked and when.

Pure: what was sent in, whether it was signed by that key out.
"""

import base64
import binascii
import hashlib
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# How far the asker's clock may be from ours, and so for how long a question may be sent again.
FRESH = timedelta(minutes=5)
KEY_BYTES = 32


def message(method: str, path: str, sent_at: str, body: bytes) -> bytes:
    """What is signed: the method, the address, the moment as sent, and a digest of the body."""
    return "\n".join([method, path, sent_at, hashlib.sha256(body).hexdigest()]).encode()


def why_not_a_key(text: str) -> str | None:
    """Why this is no public key, in words; None if it is one."""
    try:
        if len(base64.b64decode(text, validate=True)) == KEY_BYTES:
            return None
    except (binascii.Error, ValueError):
        pass
    return "This is not an Ed25519 public key in base64: it has 44 characters and ends with ="


def is_signed(public_key: str, signature: str, signed: bytes) -> bool:
    """Whether this key made this signature over these words."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), signed)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def is_fresh(sent_at: str, now: datetime) -> bool:
    """Whether a moment, as it was sent, is within a few minutes of now."""
    try:
        moment = datetime.fromisoformat(sent_at)
    except ValueError:
        return False
    return moment.tzinfo is not None and abs(now - moment) <= FRESH
