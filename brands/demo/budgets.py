"""Budgets that add up."""

from decimal import Decimal

from .line import Line

# Category of the brand → (code of the account, what, how it was reckoned).
ITEMS = {
    "lead": (
        ("training", "主讲人课时与资料", "每场一位主讲，按校内标准"),
        ("activity", "现场教学交通", "往返校区与教学点"),
        ("publicity", "展板与图文制作", "四期，每期六块"),
        ("other", "影像记录与归档", "硬盘与冲印"),
    ),
    "merit": (
        ("training", "培训与结对指导", "每月两次，课时按校内标准"),
        ("training", "材料与耗材", "按场次领用登记"),
        ("activity", "展示交流活动", "两场，场地与布置"),
        ("publicity", "成果册印制", "三百册"),
    ),
    "demos": (
        ("training", "主持与记录培训", "两期，每期二十人"),
        ("activity", "面谈会务", "每场茶水与座签"),
        ("publicity", "进度板与公示栏", "三处制作更新"),
        ("other", "资料整理归档", "装订与扫描"),
    ),
    "culture": (
        ("activity", "活动场地布置", "每场布置与撤场"),
        ("activity", "器材与用品", "颜料、纸张、谱架等"),
        ("training", "教师辅导课时", "每月两次，按校内标准"),
        ("publicity", "作品集与展览", "一册一展"),
    ),
    "care": (
        ("activity", "活动用品与药箱", "按班组配备"),
        ("training", "专题讲座课时", "八讲，按校内标准"),
        ("publicity", "手册印制", "五百册"),
        ("other", "志愿者保险", "按人次购买"),
    ),
    "various": (
        ("activity", "活动物资", "工具与防护用品"),
        ("training", "辅导与讲解课时", "每月一次，按校内标准"),
        ("publicity", "图文与展示牌", "十二期"),
        ("other", "参加者短期保险", "按人次购买"),
    ),
}
REQUESTED = (6000, 8000, 10000, 5000, 12000, 9000)
MATCHING = (2000, 3000, 4000, 2500)
SHARES = (Decimal("0.35"), Decimal("0.25"), Decimal("0.25"))


def budget(line: Line, *, year: int) -> tuple[list[dict[str, str]], str, str]:
    """Return the budget's rows, what is asked of the school union and what the unit adds, in 元 with two decimals."""
    requested = Decimal(REQUESTED[(line.number + year) % len(REQUESTED)])
    matching = Decimal(MATCHING[line.number % len(MATCHING)])
    total = requested + matching
    amounts = [(total * share).quantize(Decimal(100)) for share in SHARES]
    amounts.append(total - sum(amounts))
    rows = [
        {"category": code, "item": item, "basis": basis, "amount": f"{amount:.2f}"}
        for (code, item, basis), amount in zip(ITEMS[line.category], amounts, strict=True)
    ]
    return rows, f"{requested:.2f}", f"{matching:.2f}"
