"""Events of EPCIS 2.0: read, checked, named by their hash, asked for and written."""
