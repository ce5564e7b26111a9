"""The `hearth` command: what is done to an installation, and not by a worker on a page."""
