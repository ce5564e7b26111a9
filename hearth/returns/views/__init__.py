"""The pages of returns, by subject."""
