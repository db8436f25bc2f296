"""What units have typed stays whole when the way of keeping it changes, and when that change is taken back."""

import pytest
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from brands.models import BrandPage, WorkingCopy
from brands.writing.content import Block, PageContent, content_of
from tests.brands.editor import kept
from tests.factories.projects import written_page

pytestmark = pytest.mark.django_db
# A copy as it was kept before each block was a part of its own.
BEFORE = {
    "slogan": "还没有保存的口号",
    "story": [
        {"kind": "text", "text": "改写的开头"},
        {"kind": "quote", "text": "起势，从清晨开始"},
        {"kind": "heading", "text": "新加的小标题"},
    ],
}


@pytest.fixture(scope="module")
def blocks():
    """The migration that makes a part of each block, and the models as they stood at it."""
    name = ("brands", "0006_blocks_of_working_copies")
    loader = MigrationLoader(None)
    [operation] = loader.graph.nodes[name].operations
    return operation, loader.project_state(name).apps


def migrate(blocks):
    operation, apps = blocks
    operation.code(apps, None)


def back(blocks):
    operation, apps = blocks
    operation.reverse_code(apps, None)


@pytest.fixture
def copy(project, officer):
    """What was typed on a page whose saved draft has two blocks."""
    page = written_page(project, story=[Block("text", text="开头"), Block("quote", text="引语")])
    return WorkingCopy.objects.create(
        page=page,
        content=BEFORE,
        writers={"slogan": officer.pk},
        saved_from={"page": "示例", "seen": "旧的"},
        saved_at=timezone.now(),
        saved_by=officer,
    )


def now(copy):
    return WorkingCopy.objects.get(pk=copy.pk)


def test_each_block_becomes_a_part_by_the_id_it_has_in_the_saved_draft(blocks, copy, project):
    migrate(blocks)

    content = PageContent.of(now(copy).content)
    saved = [block.id for block in content_of(BrandPage.objects.get(project=project)).story]
    assert [block.id for block in content.story] == [*saved, "2"]
    assert [(block.kind, block.text) for block in content.story] == [
        ("text", "改写的开头"),
        ("quote", "起势，从清晨开始"),
        ("heading", "新加的小标题"),
    ]
    assert content.slogan == "还没有保存的口号"
    assert now(copy).saved_from == {}


def test_the_editor_opens_with_all_that_was_typed(blocks, copy, project):
    migrate(blocks)

    assert [block.text for block in kept(project).story] == [
        "改写的开头",
        "起势，从清晨开始",
        "新加的小标题",
    ]


def test_taken_back_it_is_as_it_was(blocks, copy, officer):
    migrate(blocks)
    there = now(copy)
    [part] = [name for name in there.content if name.endswith(".2")]
    WorkingCopy.objects.update(writers={"slogan": officer.pk, part: officer.pk})

    back(blocks)

    assert now(copy).content == BEFORE
    assert now(copy).writers == {"slogan": officer.pk}


def test_forth_again_nothing_is_lost(blocks, copy):
    migrate(blocks)
    first = now(copy).content

    back(blocks)
    migrate(blocks)

    assert now(copy).content == first


def test_a_copy_without_a_story_is_left_alone_both_ways(blocks, copy):
    alone = {"slogan": "只有口号"}
    WorkingCopy.objects.update(content=alone)

    for way in (migrate, back):
        way(blocks)
        assert now(copy).content == alone
        assert now(copy).saved_from == {"page": "示例", "seen": "旧的"}
