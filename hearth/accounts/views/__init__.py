"""The pages of accounts: one's own, the administrator's, notices, and the trail."""
