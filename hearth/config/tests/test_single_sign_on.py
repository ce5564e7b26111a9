"""Which directory may vouch for a worker."""

import pytest

from hearth.config.single_sign_on import issuer
from hearth.lib.errors import CannotRun


@pytest.mark.parametrize("directory", ["common", "organizations", "Common"])
def test_a_directory_that_anybody_may_be_in_is_not_asked(directory):
    with pytest.raises(CannotRun, match="anybody may be in"):
        issuer(f"https://login.microsoftonline.com/{directory}/v2.0")

    own = "https://login.microsoftonline.com/6f1c2a90-0000-4000-8000-0123456789ab/v2.0"
    assert issuer(own) == own
