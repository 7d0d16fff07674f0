"""What belongs together: doses with agent, route and schedule, outcomes with methods, miRNAs with targets."""
