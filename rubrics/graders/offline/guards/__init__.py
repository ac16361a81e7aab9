"""Guards: each keeps one way of looking right without saying anything from earning credit."""
