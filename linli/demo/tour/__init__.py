"""The guided tour of the demo, and the way to fill it anew: pages that are there in a demo alone."""
