"""The pages of protecting a child, subject by subject."""
