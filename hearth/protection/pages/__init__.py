"""What the pages of protecting a child are drawn from."""
