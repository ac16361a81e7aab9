"""How a network is run: kernels, draws, arrivals and the two engines."""
