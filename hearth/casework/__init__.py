"""How work moves: episodes, allocations, steps, tasks, timescales and sign-off."""
