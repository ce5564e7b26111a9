"""The CIN census built from the record: what is in a year, as it stood at a moment, and the file.

`reading` asks the record for a batch of children; `children` and `episodes` say what of them is in
the year; each repeating part of an episode is a module of its own, listed in `parts`; `structure`
knows the file's elements and `writing` writes them.
"""
