from .message import Channel, Message

__all__ = ["Channel", "Message"]
