"""What protecting children puts on a child's pages and on a desk, subject by subject."""

from hearth.protection.panels import conference, core_groups, enquiries, going_home, register

__all__ = ["conference", "core_groups", "enquiries", "going_home", "register"]
