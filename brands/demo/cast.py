"""What each unit does in each year: who is established, rejected, awarded, and how far the running year has come."""

# Units whose application was established in the year before last, and last year, in the order of their project numbers.
FIRST_YEAR = (
    "gsgl", "kj", "jj", "tjsx", "ggxy", "fx", "xxdz", "jsj", "wgy", "yssj",
    "mkszy", "jg1", "tsg", "hq", "ty", "fsxx", "hc", "tj",
)  # fmt: skip
SECOND_YEAR = (
    "gsgl", "kj", "jr", "lycg", "ggxy", "fx", "gldz", "spsw", "hjkx", "rwcb",
    "yssj", "gjjy", "jg2", "tsg", "xyy", "hc", "sh", "tj", "sy",
)  # fmt: skip
REJECTED = (
    ("jxjy", "方案中的师资、考勤和排班办法还不具体，建议先小范围试办，成熟后再申报。"),
    ("ppq", "场地开放涉及多个学院，安全责任尚未商定，建议落实六处试点后再申报。"),
)  # in the first and in the second year
WITHDRAWN = ("sy", "wgy")
RETURNED_AND_SENT_AGAIN = ("fsxx", "spsw")
ADJUSTED = ("jsj", "xyy")  # negotiated, and agreed to

# What came of them: award levels, and the two that did not pass at once.
LEVELS = ("十佳品牌", "优秀品牌", "特色品牌")
FIRST_AWARDS = {
    "十佳品牌": ("gsgl", "ggxy", "fx", "yssj", "mkszy", "tsg", "hq", "hc", "tj", "xxdz"),
    "优秀品牌": ("kj", "jsj", "jg1"),
    "特色品牌": ("wgy", "tjsx"),
}
SECOND_AWARDS = {
    "十佳品牌": ("kj", "jr", "ggxy", "fx", "hjkx", "rwcb", "yssj", "tsg", "sh", "sy"),
    "优秀品牌": ("gsgl", "lycg", "xyy", "tj", "hc"),
    "特色品牌": ("spsw", "jg2", "gjjy"),
}
RECTIFIED = "fsxx"  # in the first year: failed, mended, accepted
FAILED = "gldz"  # in the second year
PAGE_RETURNED = "gjjy"  # its page was sent back and still waits for the unit
PAGE_IN_SECOND_REVIEW = "hc"  # of the second year
PLAIN_PAGES = ("jj", "ty", "jg2")  # pages that tell less: no quote, no gallery

# The running year.
FIRST_BATCH = ("tjsx", "ggxy", "xxdz", "hjkx", "yssj", "tsg", "sh")
IN_NOTICE = ("jsj", "jg1")
DECIDING = ("ppq", "xyy")
ADJUSTING = "tj"
IN_REVIEW = ("gsgl", "jr", "fx", "gldz", "rwcb", "wgy", "mkszy", "hq")
SUBMITTED = ("jj", "lycg", "gjjy", "jg2", "ty", "hc")
RETURNED = "spsw"
AWAITING_CHAIR = "kj"
AWAITING_PARTY = ("ymq", "fsxx")
DRAFT = "kj"  # its second one, joint with `DRAFT_PARTNER`
DRAFT_PARTNER = "jr"
TAKEN_BACK = "sy"

# The units of the accounts `officer chair party`, `officer2 …`, `officer3 …` and `officer4 …`, whose project is running; the
# third one's party opinion is its host's.
NAMED = {"kj": "", "spsw": "2", "tj": "3", "xxdz": "4"}
