"""The 12 invented companies and their register (一企一档). No real name stands beside an invented figure."""

from __future__ import annotations

from dataclasses import dataclass

STEMS = "甲乙丙丁戊己庚辛壬癸子丑"
BRANDS = tuple(f"示例{stem}" for stem in STEMS[:9])
"""The nine brands of the village register (示例甲 … 示例壬)."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Company:
    """A company and the constants behind its figures; prices in 元 per piece in March 2021."""

    stem: str
    volume: int
    """Pieces of an ordinary March 2021."""
    growth: float
    """March 2021 over March 2020."""
    local: float
    """Share of 同城 in March 2021."""
    abroad: float
    """Share of 国际/港澳台."""
    price_local: float
    price_inter: float
    price_abroad: float
    other: float
    """其他业务收入 over the revenue of the three parts."""
    inbound: float
    """投递量 over 业务量."""
    outlets: int
    staff: int

    @property
    def name(self) -> str:
        """Registered name (企业名称)."""
        return f"示例{self.stem}快递有限公司"

    @property
    def short(self) -> str:
        """Short name (简称)."""
        return f"示例{self.stem}快递"


COMPANIES = (
    Company("甲", 182_304, 1.120, 0.125, 0.0022, 7.0, 11.15, 86.0, 0.31, 3.05, 24, 96),
    Company("乙", 121_877, 1.115, 0.118, 0.0015, 6.9, 10.8, 85.0, 0.31, 3.20, 18, 70),
    Company("丙", 62_500, 1.080, 0.121, 0.0012, 6.8, 10.9, 88.0, 0.30, 3.30, 15, 52),
    Company("丁", 35_391, 1.170, 0.121, 0.0004, 7.0, 14.0, 220.0, 0.0, 3.10, 8, 31),
    Company("戊", 77_031, 1.070, 0.117, 0.0018, 7.3, 11.6, 92.0, 0.33, 3.05, 13, 47),
    Company("己", 26_480, 1.180, 0.116, 0.0006, 6.7, 10.8, 84.0, 0.29, 3.25, 7, 24),
    Company("庚", 620, 0.960, 0.240, 0.0, 8.5, 16.0, 0.0, 0.0, 1.40, 1, 3),
    Company("辛", 41_266, 1.020, 0.125, 0.0010, 7.0, 11.0, 83.0, 0.31, 3.15, 9, 33),
    Company("壬", 30_918, 0.945, 0.109, 0.0008, 6.8, 11.2, 90.0, 0.30, 3.35, 7, 27),
    Company("癸", 14_260, 1.160, 0.122, 0.0007, 6.6, 10.7, 80.0, 0.28, 3.20, 4, 15),
    Company("子", 22_318, 1.120, 0.119, 0.0005, 6.9, 10.9, 82.0, 0.30, 3.10, 5, 19),
    Company("丑", 19_187, 1.060, 0.131, 0.0006, 6.7, 10.8, 84.0, 0.29, 3.00, 4, 17),
)

BY_STEM = {company.stem: company for company in COMPANIES}

REGISTER_HEADER = (
    "统一社会信用代码",
    "企业名称",
    "简称",
    "品牌",
    "许可证号",
    "企业类型",
    "别名",
    "联系人",
    "电话",
    "开办日期",
    "停业日期",
)


def organisation_check(body: str) -> str:
    """Check character of an organisation code of eight characters (GB 11714, modulus 11)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(char, 36) * weight for char, weight in zip(body, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code_check(body: str) -> str:
    """Check character of a 统一社会信用代码 of 17 characters (GB 32100, modulus 31)."""
    total = sum(_ALPHABET.index(char) * (3**place % 31) for place, char in enumerate(body))
    return _ALPHABET[-total % 31]


def credit_code(number: int) -> str:
    """An invented, well-formed credit code of a company registered in 220281."""
    organisation = f"99990{number:03d}"
    body = "91220281" + organisation + organisation_check(organisation)
    return body + credit_code_check(body)


def register_rows() -> list[list[str]]:
    """The rows of enterprises.csv, without the header."""
    rows = []
    for number, company in enumerate(COMPANIES, start=1):
        stem = company.stem
        kind = "直营企业" if stem in "甲戊辛" else "加盟企业"
        aliases = [f"示例{stem}", f"蛟河示例{stem}", f"示例{stem}速递", f"{stem}快递"]
        opened = f"{2008 + number % 9}-{(number * 5) % 12 + 1:02d}-{(number * 7) % 27 + 1:02d}"
        rows.append(
            [
                credit_code(number),
                company.name,
                company.short,
                f"示例{stem}",
                f"示例许可〔{2015 + number % 5}〕{number:03d}号",
                kind,
                "；".join(aliases),
                f"联系人{stem}",
                f"0432-{number:08d}",
                opened,
                "",
            ]
        )
    return rows
