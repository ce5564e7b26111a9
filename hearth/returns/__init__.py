"""Statutory returns: reading the children in need census in."""
