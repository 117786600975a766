"""The room of one explorer: augmentation."""
