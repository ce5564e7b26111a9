"""What is asked of those who protect children, subject by subject."""
