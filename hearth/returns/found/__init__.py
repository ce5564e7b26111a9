"""What checking a return found, in one file of its own: written once, read a page at a time.

Findings come rule by rule and, within a rule, table by table; so those of one rule in one table
stand together, and a page of any rule, severity or table is found by counting, not by looking.
"""
