"""What other services ask of Hearth by machine, each signed, counted and on the trail.

A hospital or a surgery asks whether a child has a protection plan or is looked after, and is told
that and whom to ring, in the manner of the national Child Protection Information Sharing service.
"""
