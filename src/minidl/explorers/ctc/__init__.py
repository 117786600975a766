"""The room of one explorer: the lattice of CTC."""
