"""Food supervision in forms that others read: EPCIS, Digital Link, open data."""
