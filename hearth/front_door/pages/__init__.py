"""What the front door's pages are made of."""
