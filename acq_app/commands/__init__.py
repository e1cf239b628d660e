"""Every action of the window as data, and the QActions made from it."""
