"""The pure rules of money: no database, no clock."""
