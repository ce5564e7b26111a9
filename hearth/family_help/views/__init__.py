"""The pages of children in need."""
