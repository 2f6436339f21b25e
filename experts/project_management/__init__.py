"""The project manager: schedules, cost baselines and the load on a team."""
