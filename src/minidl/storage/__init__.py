"""Storage: arrays and what there is to say of them, on disk, whole after any crash."""

from minidl.storage.archive import CheckpointError
from minidl.storage.model_folder import check_target, fault_of, load_model, save_model
from minidl.storage.paths import as_path, check_can_write_in
from minidl.storage.tree import read_tree, write_tree

__all__ = [
    "CheckpointError",
    "as_path",
    "check_can_write_in",
    "check_target",
    "fault_of",
    "load_model",
    "read_tree",
    "save_model",
    "write_tree",
]
