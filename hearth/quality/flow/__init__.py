"""Enquiries, conferences and plans month by month, reckoned from the record.

`record` reads it in four queries, however long the period; `reckon` counts it; `series` declares
what is charted; `charting` holds each series against its limits; `findings` says what signals.
"""
