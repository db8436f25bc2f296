from .heartbeat import Heartbeat
from .message import Channel, Message

__all__ = ["Channel", "Heartbeat", "Message"]
