"""The arithmetic of what figures say: plain functions of numbers, which ask the record nothing."""
