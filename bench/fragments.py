"""Notices as a union writes them, put together from fragments, and what people would look for in them; the same each time."""

import random
from itertools import product

UNITS = [
    "工商管理学院",
    "会计学院",
    "金融学院",
    "经济学院",
    "统计与数学学院",
    "法学院",
    "外国语学院",
    "艺术设计学院",
    "人文与传播学院",
    "食品与生物工程学院",
    "图书馆",
    "后勤服务中心",
    "校医院",
    "机关第一",
    "体育工作部",
]
BRANDS = [
    "书香校园",
    "墨香进小家",
    "银龄理财课",
    "太极晨光",
    "龙舟竞渡",
    "午间合唱",
    "健步西湖",
    "口述校史",
    "亲子厨房",
    "师德讲坛",
    "民主恳谈",
    "青年导师",
    "劳模工作室",
    "心灵驿站",
    "读书沙龙",
    "光影印记",
]
DEEDS = [
    "举办读书分享会",
    "组织教职工健步走",
    "召开代表座谈会",
    "开展送清凉慰问",
    "举行书法作品展",
    "邀请专家作讲座",
    "走访困难职工",
    "评选先进小家",
    "整理会员建议",
    "培训工会干部",
    "拍摄活动短片",
    "征集金点子",
]
PLACES = [
    "下沙校区图文信息中心",
    "教工路校区礼堂",
    "田径场",
    "学术会议中心",
    "职工之家",
    "钱江湾生活区",
    "校史馆",
    "体育馆",
]
ENDS = [
    "请各单位按时报送材料。",
    "活动经费从工会经费列支。",
    "优秀案例将推荐参评市级荣誉。",
    "未尽事宜另行通知。",
    "联系人为各单位工会经办人。",
    "参加人员可计入年度学时。",
]
TITLES = (
    "关于{unit}开展“{brand}”活动的通知",
    "{year}年“{brand}”立项建设公告",
    "{unit}工会{deed}",
    "浙商大工〔{year}〕{n}号",
)


def notice(n: int) -> tuple[str, str]:
    """Return title and text of the n-th notice."""
    dice = random.Random(n)
    words = {
        "unit": dice.choice(UNITS),
        "brand": dice.choice(BRANDS),
        "deed": dice.choice(DEEDS),
        "year": dice.randint(2008, 2026),
        "n": dice.randint(1, 60),
    }
    title = dice.choice(TITLES).format(**words)
    sentences = [
        f"{words['year']}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日，{dice.choice(UNITS)}在{dice.choice(PLACES)}"
        f"{dice.choice(DEEDS)}，{dice.randint(12, 400)}人参加，“{dice.choice(BRANDS)}”第{dice.randint(1, 30)}期结束。"
        for _ in range(dice.randint(4, 14))
    ]
    return f"{title}（{n}）", "".join([*sentences, dice.choice(ENDS)])


def questions(count: int) -> list[str]:
    """Return what people type: two to four characters of the texts, numbers, several words, one character."""
    dice = random.Random("questions")
    parts = [*UNITS, *BRANDS, *DEEDS, *PLACES]
    asked: dict[str, None] = dict.fromkeys(
        ["书", "〔2019〕12号", "2024年3月", "第12期", "浙商大工〔2020〕", "不存在的词"]
    )
    pairs = [" ".join(pair) for pair in product(BRANDS[:5], UNITS[:5])]
    while len(asked) < count:
        part = dice.choice(parts)
        length = dice.choice((2, 2, 2, 3, 4))
        begin = dice.randrange(max(len(part) - length, 0) + 1)
        asked[part[begin : begin + length] if dice.random() < 0.8 else dice.choice(pairs)] = None
    return list(asked)[:count]
