"""What protecting children puts on a child's pages and on a desk, subject by subject."""

from hearth.protection.panels import conference, enquiries

__all__ = ["conference", "enquiries"]
