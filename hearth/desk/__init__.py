"""The desk: what waits for a worker, search, a child's front page and a family's page."""
