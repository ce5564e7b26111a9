"""The one error an action raises."""

import pytest

from hearth.lib.errors import CannotDo


def test_the_message_is_kept_as_the_worker_will_read_it():
    with pytest.raises(CannotDo, match="This referral is already closed"):
        raise CannotDo("This referral is already closed")
