"""The room of one explorer: occlusion."""
