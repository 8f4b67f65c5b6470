"""The look log in public: what it is, its newest state, how often there were looks, and how to check it."""
