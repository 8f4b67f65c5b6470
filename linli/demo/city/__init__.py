"""Two years of a city's everyday, as much of it as is asked for: invented, through actions alone, the same by seed."""
