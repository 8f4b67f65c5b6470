"""Food supervision that anybody can check: operators, permits, goods, events, samples, recalls."""
