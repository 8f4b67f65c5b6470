"""An application that takes its time to load, and changes no signal: what a server's worker does by itself."""

import time

time.sleep(60)
application = None
