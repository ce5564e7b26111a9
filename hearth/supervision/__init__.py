"""Supervision: a worker and their manager, together, on the work and on each case.

Those who supervise must see that practice is safe, that workers are supported, and that each case
has a direction (Standards for Employers of Social Workers, standard 5). What is decided of a case
belongs to the child's record; what a worker says of themself stays between the two.
"""
