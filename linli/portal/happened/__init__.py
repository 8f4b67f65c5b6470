"""What happened with what: the doors for slips with a passphrase, and the chain behind what is public."""
