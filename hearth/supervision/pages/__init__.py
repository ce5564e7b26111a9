"""What the pages of supervision are made of."""
