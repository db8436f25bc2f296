"""The word that follows a figure: Chinese has one for each thing that is counted, English tells one from many."""

from django.utils.translation import npgettext


def of_brands(count: int) -> str:
    """Return the word after a number of brands."""
    return npgettext("品牌", "个", "个", count)


def of_items(count: int) -> str:
    """Return the word after a number of entries or projects."""
    return npgettext("申报和项目", "项", "项", count)


def of_times(count: int) -> str:
    """Return the word after how often something was."""
    return npgettext("获得", "次", "次", count)


def of_colleges(count: int) -> str:
    """Return the word after a number of colleges."""
    return npgettext("学院", "个", "个", count)


def of_activities(count: int) -> str:
    """Return the word after a number of activities."""
    return npgettext("活动", "场", "场", count)


def of_attendances(count: int) -> str:
    """Return the word after a number of attendances."""
    return npgettext("参与", "人次", "人次", count)
