"""The room of one explorer: curvature."""
