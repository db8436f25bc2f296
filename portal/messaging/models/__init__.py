from .heartbeat import Heartbeat
from .job import Job
from .message import Channel, Message

__all__ = ["Channel", "Heartbeat", "Job", "Message"]
