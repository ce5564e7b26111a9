"""What the pages of children in need are drawn from."""
