"""The pages of staff and teams."""
