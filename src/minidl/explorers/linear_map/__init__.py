"""The room of one explorer: linear map."""
