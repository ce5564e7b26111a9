"""The pages of the people room, by subject."""
