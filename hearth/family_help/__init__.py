"""Children in need: the plan made with a family, its reviews, and visits.

The authority safeguards and promotes the welfare of children in need in its area (Children Act
1989, section 17). A plan has an aim, and actions that somebody owns, by a day, with how we will
know; it is reviewed with the family and the agencies that help them.
"""
