"""Meetings of agencies and families about children, and the plans they make.

A strategy discussion, a conference, a core group and a review are each a meeting: who was asked,
who came, what they said, and who was sent what. A child protection plan and a child in need plan
are each a plan: a dated period for each child, with actions that somebody owns. What each kind of
meeting decides, and who may end which plan, belongs to the practice rooms above.
"""
