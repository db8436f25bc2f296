"""A project's year in the demo: activities, pictures, press, guidance, and its brand page."""

from collections.abc import Sequence
from datetime import date, timedelta

from portal.units.models import User

from ..cultivation import recording
from ..models import Activity, BrandPage, MaterialKind, Project
from ..writing import editing
from ..writing.content import Block, PageContent, content_of, offered_to
from . import pictures
from .cast import PLAIN_PAGES
from .clock import at
from .line import Event, Line
from .people import Office
from .summing_up import press
from .walking import Posts, publish
from .wording import pick

LASTING = 10  # a line with that many activities has them for two years
SCENES = 3  # pictures of activities for each project
VIEWS = 2  # and for the gallery of its page
GUIDANCE = (
    "开局不错。请把每次活动的人数和一句话小结当天记下来，年底就不用回忆；照片请先征得本人同意。",
    "来看过两次现场，气氛很好。建议适当控制规模，让第一次来的人也有机会说话，并注意留出老带新的位置。",
    "经费执行进度偏慢，请对照预算安排好下半年；宣传册可以与摄影协会合作，少花钱、多留影。",
    "做法已经成形，建议整理成几页纸，下半年请兄弟单位来看一看。夏季户外活动请备好药箱和饮水。",
    "亮点突出，可以再想一想怎样让夜班和校外的职工也能参加；台账记得每季度公开一次。",
)
HEADINGS = (
    ("从哪里开始", "这样做", "留下了什么"),
    ("缘起", "四件事", "一年之后"),
    ("为什么做", "怎么做", "看得见的变化"),
    ("一个念头", "一步一步", "写在年末"),
)


def record(
    project: Project, line: Line, events: Sequence[tuple[date, Event]], posts: Posts
) -> list[Activity]:
    """Let the unit record its activities on their days, with pictures of some, and press reports."""
    made = []
    pictured = _spread(len(events), SCENES)
    for place, (day, event) in enumerate(events):
        held = max(day, project.established_at.date() + timedelta(days=1))
        with at(held, 20, 15):
            activity = recording.record_activity(
                project,
                actor=posts.officer,
                fields={
                    "date": day,
                    "name": event.name,
                    "place": event.place,
                    "participants": event.people,
                    "sentence": event.sentence,
                    "offered": place in pictured,
                },
            )
            if place in pictured:
                content = pictures.drawn(
                    line, event.motif, f"{line.unit}{project.project_no}{place}"
                )
                pictures.scene(line, event, activity, content=content, actor=posts.officer)
        made.append(activity)
        project.refresh_from_db(fields=["status"])  # the first record began cultivation
    return made


def report_press(project: Project, line: Line, posts: Posts, *, year: int) -> None:
    """Let the unit collect what was written about it."""
    for row in press(line, year):
        day = date.fromisoformat(row["date"])
        with at(day, 17):
            recording.keep_link(
                project,
                actor=posts.officer,
                kind=MaterialKind.PRESS,
                fields={
                    "title": row["title"],
                    "url": row["url"],
                    "media": row["media"],
                    "dated": day,
                },
            )


def guide(project: Project, line: Line, office: Office, reader: User, *, day: date) -> None:
    """Let the office write a note, and the unit read it two days later."""
    with at(day, 11):
        note = recording.write_guidance(
            project, actor=office.clerk, text=pick(GUIDANCE, line, project.programme_year.year)
        )
    with at(day + timedelta(days=2), 9):
        recording.read_guidance(note, actor=reader)


def write_brand_page(
    project: Project,
    line: Line,
    activities: Sequence[Activity],
    office: Office,
    posts: Posts,
    *,
    day: date,
    stages: int = 3,
) -> BrandPage:
    """Let the unit write its page and send it, and the reviewers pass `stages` of three."""
    year = project.programme_year.year
    with at(day - timedelta(days=2), 15):
        cover = pictures.cover(line, project, year=year, actor=posts.officer, day=day)
        gallery = [] if line.unit in PLAIN_PAGES else _views(project, line, activities, posts)
        page = BrandPage.objects.get(project=project)
        content = _content(page, line, year, activities, cover.picture_id, gallery)
        if line.film and project.previous:
            content.story.insert(2, pictures.film(line, project, actor=posts.officer, day=day))
        editing.save_page(
            page,
            actor=posts.officer,
            content=content,
            based_on=page.latest_revision_id,
        )
    with at(day - timedelta(days=1), 9):
        editing.send_page(page, actor=posts.officer)
    publish(page, office, day=day, stages=stages)
    return BrandPage.objects.get(pk=page.pk)


def _content(
    page: BrandPage,
    line: Line,
    year: int,
    activities: Sequence[Activity],
    cover: int,
    gallery: list[int],
) -> PageContent:
    began, how, left = HEADINGS[(line.number + year) % len(HEADINGS)]
    shown = [
        material.picture_id
        for activity in activities
        for material in activity.materials.all()
        if material.picture_id
    ]
    plain = line.unit in PLAIN_PAGES
    previous = page.project.previous
    if previous:
        story = [Block("heading", "接着往下做"), Block("text", _carried_on(line, previous))]
    else:
        story = [Block("heading", began), Block("text", line.base)]
        if not plain:
            story.append(Block("quote", line.quote))
        measures = "\n\n".join(f"{name}：{text}。" for name, text in line.measures)
        story += [Block("heading", how), Block("text", f"{line.fresh}\n\n{measures}")]
    if shown and not plain:
        story.append(Block("picture", text=_caption(activities, shown[0]), picture=shown[0]))
    # A brand of two years tells what it left behind in the second.
    if line.gain and len(activities) > 2 and (previous or len(line.events) < LASTING):
        story += [Block("heading", left), Block("text", line.gain)]
    return PageContent(
        slogan="" if line.unit == PLAIN_PAGES[0] else line.slogan,
        intro=content_of(page).intro,
        cover=cover,
        story=story,
        activities=[activity.pk for activity in activities],
        gallery=gallery,
        press=list(offered_to(page).press),
    )


def _views(project: Project, line: Line, activities: Sequence[Activity], posts: Posts) -> list[int]:
    """Let the unit keep pictures of activities that have none; return them for the gallery."""
    events = {event.name: event for event in (*line.events, *line.recent)}
    bare = [activity for activity in activities if not activity.materials.exists()]
    return [
        pictures.view(
            line, events[bare[place].name], project, actor=posts.officer, day=bare[place].date
        ).picture_id
        for place in sorted(_spread(len(bare), VIEWS))
    ]


def _carried_on(line: Line, previous: Project) -> str:
    """Return how a brand goes on from the year before."""
    return (
        f"{previous.programme_year.year}年，《{line.name}》第一次完整地走过一年。盘点下来，最不满意的一处是：{line.flaw}"
        f"今年就从这里补起：{line.next}\n\n新的一年，给自己定下的目标是：{line.aims}"
    )


def _caption(activities: Sequence[Activity], picture: int) -> str:
    return next(
        activity.name
        for activity in activities
        for material in activity.materials.all()
        if material.picture_id == picture
    )


def _spread(count: int, wanted: int) -> set[int]:
    """Return `wanted` places spread evenly over `count`."""
    return {round(step * (count - 1) / max(1, wanted - 1)) for step in range(min(count, wanted))}
