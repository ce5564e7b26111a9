"""Staff, teams and registration: who may do qualified work, and when."""
