"""A child's story as it is written: notes, visits, chronology, documents; and unsent drafts."""
