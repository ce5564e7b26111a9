// Drafts: see the next change.
