"""The pages of checks: of each child's record, and of the figures of many."""
