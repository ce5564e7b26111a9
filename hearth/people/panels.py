"""What the people room puts on a child's pages."""

from hearth.people import restriction_panels  # noqa: F401 - registered there
