"""The room of one explorer: two right programs that drift apart."""
