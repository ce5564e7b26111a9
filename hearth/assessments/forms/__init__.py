"""The forms of an assessment. They check; they never save."""
