"""The front door's pages, by subject."""
