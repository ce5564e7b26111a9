"""The questions of the people room, by subject."""
