"""Where peers are installed, and what runs them on the same work."""

import os
from pathlib import Path

PEERS = Path(os.environ.get("PEERS_ROOT", "/var/tmp/linli-peers"))
DRIVERS = Path(__file__).resolve().parents[2] / "shared" / "peers"
