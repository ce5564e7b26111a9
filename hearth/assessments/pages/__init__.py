"""What the pages of an assessment are made of."""
