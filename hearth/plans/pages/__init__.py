"""What the pages of plans are drawn from."""
