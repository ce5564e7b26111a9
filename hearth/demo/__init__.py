"""The invented borough of Fenbridge: whole families, living through the real processes over years.

Nobody in it is real. Telephone numbers are from the ranges kept for drama, postcodes begin with a
letter pair that no post town has, and e-mail addresses end in `.example`.
"""
