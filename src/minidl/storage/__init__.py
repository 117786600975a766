"""Storage: arrays and what there is to say of them, on disk, whole after any crash."""

from minidl.storage.archive import CheckpointError
from minidl.storage.model_folder import load_model, save_model
from minidl.storage.tree import read_tree, write_tree

__all__ = ["CheckpointError", "load_model", "read_tree", "save_model", "write_tree"]
