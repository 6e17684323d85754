"""Tables as Chinese offices, banks, payment services and ledgers export them; companies, people and figures invented.

Each with the table that a careful person reads from it: heads of several rows joined by “/”, what stands before and
after gone, totals kept.
"""

# ruff: noqa: E501  (a line of an export is a line here)
from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from tests.importing.makers import book_bytes, csv_bytes, old_xls_bytes

Table = list[list[str]]
Range = tuple[int, int, int, int]
"""Top, left, bottom, right; 0-based and inclusive."""


@dataclass(frozen=True)
class Chinese:
    """A file and the table in it."""

    data: bytes
    table: Table


def grid(text: str) -> Table:
    """``甲|乙`` lines → cells; blanks at the ends of lines do not count, ``␣`` is a blank, ``⇥`` a tab."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [line.replace("␣", " ").replace("⇥", "\t").split("|") if line else [] for line in lines]


def wide(rows: Table) -> Table:
    """All lines with as many cells as the longest."""
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def xls(
    rows: Table, merges: Sequence[Range] = (), styles: dict[tuple[int, int], tuple[float, str]] | None = None
) -> bytes:
    """An old workbook; ``styles`` gives places numbers with a format."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    covered = {(r, c) for t, le, b, ri in merges for r in range(t, b + 1) for c in range(le, ri + 1)}
    for top, left, bottom, right in merges:
        page.write_merge(top, bottom, left, right, rows[top][left])
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text and (r, c) not in covered:
                page.write(r, c, text)
    for (r, c), (number, form) in (styles or {}).items():
        page.write(r, c, number, xlwt.easyxf(num_format_str=form))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx(
    rows: Table,
    merges: Sequence[Range] = (),
    styles: dict[tuple[int, int], tuple[Any, str]] | None = None,
    hidden_rows: Sequence[int] = (),
) -> bytes:
    """A workbook of the present form."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            if text:
                page.cell(r, c, text)
    for (r, c), (value, form) in (styles or {}).items():
        cell = page.cell(r + 1, c + 1)
        cell.value = value
        cell.number_format = form
    for top, left, bottom, right in merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for number in hidden_rows:
        page.row_dimensions[number].hidden = True
    return book_bytes(book)


def html(rows: str, charset: str = "gb2312") -> bytes:
    """A web page of table rows."""
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type '
        f'content="text/html; charset={charset}"><style>td {{mso-number-format:"\\@";}}</style></head>'
        f"<body><table border=1>{rows}</table></body></html>"
    )
    return page.encode(charset)


def tr(*cells: str, tag: str = "td") -> str:
    """A row of a web page; ``2*名`` spans two columns, ``2^名`` two rows."""
    parts = []
    for cell in cells:
        if cell[1:2] == "*":
            parts.append(f'<{tag} colspan="{cell[0]}">{cell[2:]}</{tag}>')
        elif cell[1:2] == "^":
            parts.append(f'<{tag} rowspan="{cell[0]}">{cell[2:]}</{tag}>')
        else:
            parts.append(f"<{tag}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


def lines(text: str, encoding: str = "gb18030", end: str = "\r\n") -> bytes:
    """A text file as it stands."""
    return text.strip("\n").replace("⇥", "\t").replace("\n", end).encode(encoding)


def chinese() -> dict[str, Chinese]:
    """All of them by name."""
    return {
        **_statistics(),
        **_yearbooks(),
        **_payments(),
        **_banks(),
        **_ledgers(),
        **_offices(),
        **_books(),
        **_web(),
    }


# ------------------------------------------------------------------------------------------------ statistics

MONTHS = grid("""
指标|2021年3月|2021年2月|2021年1月|2020年12月
快递量(万件)|857512.3|456789.1|849263.5|920765.4
快递量_同比增长(%)|58.1|67.9|124.7|37.4
快递业务收入(亿元)|846.1|561.2|867.5|911.3
函件总数(万件)||1290.5|1432.1|1530.8
""")
PROVINCES = grid("""
地区|2020年|2019年|2018年
北京市|238215.4|228716.2|220875.6
天津市|92808.1|69819.7|57557.6
河北省|367796.3|230361.3|173990.5
山西省|53205.6|43011.8|33024.7
""")


def _statistics() -> dict[str, Chinese]:
    before = [["数据库：月度数据"], ["时间：最近5个月"]]
    note = (
        "注：1.邮政行业业务总量按2020年价格计算，2021年以前数据按2010年价格计算，增长速度按可比口径计算。"
        "2.快递业务量自2013年起包含邮政速递物流公司以外的其他邮政企业数据。"
    )
    after = [[note], ["数据来源：国家统计局"]]
    quarter = grid("""
    指标|2021年第一季度|2020年第四季度|2020年第三季度
    国内生产总值_当季值(亿元)|249310.1|296297.8|266172.3
    第一产业增加值_当季值(亿元)|11332.0|29698.6|22071.7
    第二产业增加值_当季值(亿元)|92623.0|113940.5|101508.3
    """)
    customs = grid("""
    2021年3月进出口商品国别（地区）总值表（美元值）
    |||||单位：千美元
    进出口商品国别（地区）|进出口||出口||累计比去年同期±%
    |3月|1至3月|3月|1至3月|进出口
    总值|468473432|1302994531|241131938|709983712|38.6
    亚洲|242387112|664218871|109872123|319011233|34.1
    阿富汗|42871|121233|40112|113222|4.1
    巴林|123871|331233|98123|221333|-12.5
    注：本表数据以海关进出口报关单为准。
    """)
    customs_table = [
        ["进出口商品国别（地区）", "进出口/3月", "进出口/1至3月", "出口/3月", "出口/1至3月", "累计比去年同期±%/进出口"],
        *customs[4:8],
    ]
    price = grid("""
    流通领域重要生产资料市场价格变动情况（2021年3月上旬）|||||
    产品名称|单位|本期价格(元)|比上期价格涨跌(元)|涨跌幅(%)
    一、黑色金属||||
    螺纹钢（Φ16-25mm,HRB400E）|吨|4689.8|104.4|2.3
    线材（Φ6.5mm,HPB300）|吨|4891.4|120.6|2.5
    二、有色金属||||
    电解铜（1#）|吨|67124.0|-101.0|-0.2
    注：上期为2021年2月下旬。||||
    """)
    growth = grid("""
    2021年1—3月份规模以上工业增加值|||
    指标|3月||1—3月|
    |绝对量|同比增长（%）|绝对量|同比增长（%）
    规模以上工业增加值|…|14.1|…|24.5
    分三大门类|||
    采矿业|…|2.9|…|10.1
    制造业|…|15.2|…|27.3
    原煤（万吨）|34076|-0.2|97056|16.0
    注：（1）增加值增长速度均为实际增长速度。
    （2）“…”表示数据不足本表最小单位数。
    """)
    growth_table = [
        ["指标", "3月/绝对量", "3月/同比增长（%）", "1—3月/绝对量", "1—3月/同比增长（%）"],
        *wide(growth[3:8]),
    ]
    return {
        "统计局月度.csv": Chinese(lines(_csv([*before, *MONTHS, *after])), MONTHS),
        "统计局月度补齐.csv": Chinese(csv_bytes(wide([*before, *MONTHS, *after]), "gb18030"), MONTHS),
        "统计局月度.xls": Chinese(xls([*before, *MONTHS, *after], [(0, 0, 0, 4), (1, 0, 1, 4)]), MONTHS),
        "统计局月度合并注.xlsx": Chinese(
            xlsx([*before, *MONTHS, *after], [(0, 0, 0, 4), (7, 0, 7, 4), (8, 0, 8, 4)]), MONTHS
        ),
        "统计局分省.csv": Chinese(
            lines(_csv([["数据库：分省年度数据"], ["指标：快递量(万件)"], ["时间：最近3年"], *PROVINCES, *after[1:]])),
            PROVINCES,
        ),
        "统计局季度制表符.xls": Chinese(
            lines("\n".join("\t".join(row) for row in [["数据库：季度数据"], *quarter, *after])), quarter
        ),
        "海关国别总值.xls": Chinese(
            xls(customs, [(0, 0, 0, 5), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4)]), customs_table
        ),
        "海关国别总值.csv": Chinese(csv_bytes(wide(customs), "gb18030"), customs_table),
        "生产资料价格.csv": Chinese(csv_bytes(price), price[1:7]),
        "工业增加值.xlsx": Chinese(
            xlsx(growth, [(0, 0, 0, 4), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4)]), growth_table
        ),
    }


def _csv(rows: Table) -> str:
    """Without padding, as hand-written exporters do."""
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)


def _yearbooks() -> dict[str, Chinese]:
    posts = grid("""
    16-41 邮政业务量||||||
    Volume of Postal Services||||||
    年份|邮政业务总量|函件||包裹|快递|
    |(亿元)|总计|#国际|(万件)|总计|#国际及港澳台
    |2010=100|(亿件)|(万件)||(万件)|(万件)
    2017|9763.7|31.5|2012.4|2657.6|4005592|82622
    2018|12345.2|26.7|1876.5|2407.3|5071043|111245
    2019|16229.6|21.7|1623.9|2156.0|6352291|144116
    2020|21053.2|14.2|1100.3|2030.6|8335789|183591
    注：邮政业务总量2010年以前按2000年不变价格计算。
    """)
    posts_head = [
        *("年份", "邮政业务总量/(亿元)/2010=100", "函件/总计/(亿件)", "函件/#国际/(万件)", "包裹/(万件)"),
        *("快递/总计/(万件)", "快递/#国际及港澳台/(万件)"),
    ]
    counties = grid("""
    表3-5 各县（市、区）主要经济指标（2020年）||||
    ||||单位：万元
    县（市、区）|地区生产总值|一般公共预算收入|社会消费品零售总额|年末户籍人口（人）
    全␣␣市|1452.3|112.4|654.2|4120345
    ␣␣市辖区|812.0|60.5|401.1|1802234
    ␣␣甲␣␣县|210.1|15.2|88.0|612001
    ␣␣乙␣␣县|190.6|14.0|80.2|590023
    ␣␣丙␣␣市|239.6|22.7|84.9|1116087
    ①本表绝对数按当年价格计算。||||
    资料来源：市统计局。||||
    """)
    continued = grid("""
    表5-2 快递业务量（分月）||
    月份|业务量（万件）|业务收入（万元）
    1月|12.3|110.2
    2月|9.8|90.1
    续表||
    月份|业务量（万件）|业务收入（万元）
    3月|13.4|120.5
    4月|14.0|126.6
    """)
    indented = grid("""
    主要农产品产量|||
    指标|单位|2020年|比上年增长（%）
    粮食|吨|512340|2.1
    ␣␣其中：夏粮|吨|10234|-0.5
    ␣␣␣␣秋粮|吨|502106|2.2
    油料|吨|12030|4.0
    ␣␣＃花生|吨|8012|5.1
    肉类总产量|吨|40211|-3.2
    """)
    notes = [
        ["注：1. 本表为快报数，正式数据以年鉴为准。"],
        ["　　2. 部分数据因四舍五入的原因，存在着与分项合计不等的情况。"],
        ["　　3. “空格”表示该项统计指标数据不足本表最小单位数、数据不详或无该项数据。"],
    ]
    bilingual = grid("""
    指标|Item|2019|2020
    年末总人口（万人）|Total Population (year-end)|141008|141212
    城镇人口|Urban Population|88426|90220
    乡村人口|Rural Population|52582|50992
    """)
    units = grid("""
    2021年3月邮政行业运行情况|||
    指标|本月|累计|同比
    |（万元）|（万元）|（%）
    邮政业务收入|123.4|370.2|11.5
    快递业务收入|98.7|290.1|20.3
    其中：同城|12.0|34.5|-3.2
    """)
    return {
        "年鉴邮政业务量.xls": Chinese(
            xls(posts, [(0, 0, 0, 6), (1, 0, 1, 6), (2, 0, 4, 0), (2, 2, 2, 3), (2, 5, 2, 6)]),
            [posts_head, *posts[5:9]],
        ),
        "年鉴分县.xlsx": Chinese(xlsx(counties, [(0, 0, 0, 4)]), counties[2:8]),
        "年鉴分县.csv": Chinese(csv_bytes(counties, "gb18030"), counties[2:8]),
        "年鉴续表.csv": Chinese(csv_bytes(continued, "gb18030"), [*continued[1:4], *continued[6:]]),
        "年鉴缩进.csv": Chinese(csv_bytes(indented), indented[1:]),
        "年鉴三条注.csv": Chinese(csv_bytes(wide([["年末人口"], *bilingual, *notes]), "gb18030"), bilingual),
        "年鉴三条注.xls": Chinese(xls([["年末人口"], *bilingual, *notes], [(0, 0, 0, 3)]), bilingual),
        "单位另起一行.xlsx": Chinese(
            xlsx(units, [(0, 0, 0, 3), (1, 0, 2, 0)]),
            [["指标", "本月/（万元）", "累计/（万元）", "同比/（%）"], *units[3:]],
        ),
        "单位另起一行.csv": Chinese(
            csv_bytes(units), [["指标", "本月/（万元）", "累计/（万元）", "同比/（%）"], *units[3:]]
        ),
    }


# -------------------------------------------------------------------------------------------------- payments

WECHAT = grid("""
交易时间|交易类型|交易对方|商品|收/支|金额(元)|支付方式|当前状态|交易单号|商户单号|备注
2021-03-05 12:30:11|商户消费|示例小吃店|午餐|支出|¥25.00|零钱|支付成功|1000107301202103050001234567890⇥|10001073012021⇥|/
2021-03-04 09:01:45|微信红包|王某|/|收入|¥100.50|/|已存入零钱|1000039501202103040009876543210⇥|1000039501⇥|/
2021-03-02 20:15:00|转账|李某|转账备注:房租,水电|支出|¥1,200.00|示例银行(1234)|对方已收钱|1000050001202103020001111111111⇥|1000050001⇥|/
""")
ALIPAY = grid("""
交易时间|交易分类|交易对方|对方账号|商品说明|收/支|金额|收/付款方式|交易状态|交易订单号|商家订单号|备注|
2021-03-24 21:55:05|餐饮美食|示例餐饮有限公司|szz***@example.com|外卖订单|支出|105.79|花呗|交易成功|2021032423001403041435513033⇥|12099⇥||
2021-03-24 06:07:22|投资理财|示例基金|/|收益发放|不计收支|0.25|余额宝|交易成功|20210324363327858041⇥|⇥||
2021-03-20 18:00:00|转账红包|张某|139******00|转账|收入|200.00||交易成功|20210320200040011100⇥|⇥||
""")
OLD_ALIPAY = grid("""
交易号␣␣␣␣|商家订单号␣␣|交易创建时间␣␣|付款时间␣␣|类型␣␣|交易对方␣␣|商品名称␣␣|金额（元）|收/支␣␣|交易状态␣␣|服务费（元）|备注␣|资金状态␣|
2019031522001400001␣⇥|PO20190315␣␣⇥|2019-03-15 10:30:00␣|2019-03-15 10:30:05␣|即时到账交易␣|示例科技␣|软件服务费␣|100.00␣|支出␣|交易成功␣|0.00␣|␣␣␣|已支出␣|
2019031622001400002␣⇥|␣␣␣␣␣␣⇥|2019-03-16 11:00:00␣|␣␣␣␣␣␣␣␣␣␣␣|支付宝担保交易|示例小店␣|茶杯␣|59.90␣|收入␣|交易关闭␣|0.00␣|␣␣␣|已收入␣|
""")


def _payments() -> dict[str, Chinese]:
    wechat_before = """
微信支付账单明细,,,,,,,,
微信昵称：[某某],,,,,,,,
起始时间：[2021-03-01 00:00:00] 终止时间：[2021-03-31 23:59:59],,,,,,,,
导出类型：[全部],,,,,,,,
导出时间：[2021-04-01 09:00:00],,,,,,,,
,,,,,,,,
共3笔记录,,,,,,,,
收入：1笔 100.50元,,,,,,,,
支出：2笔 1225.00元,,,,,,,,
中性交易：0笔 0.00元,,,,,,,,
注：,,,,,,,,
1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易,,,,,,,,
2. 本明细仅展示当前账单中的交易，不包括已删除的记录,,,,,,,,
3. 本明细仅供个人对账使用,,,,,,,,
,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,
"""
    short = [line.rstrip(",").split(",") for line in wechat_before.strip().splitlines()]
    alipay_before = """
------------------------------------------------------------------------------------
导出信息：
姓名：张三
支付宝账户：138******00
起始时间：[2021-03-01 00:00:00]    终止时间：[2021-03-31 23:59:59]
导出交易类型：[全部]
导出时间：[2021-04-01 09:12:34]
共3笔记录
收入：1笔 200.00元
支出：1笔 105.79元
不计收支：1笔 0.25元

特别提示：
1.本回单内容可表明支付宝受理了相应支付交易申请，因系统原因或通讯故障等偶发因素导致本回单与实际交易结果不符时，以实际交易情况为准；
2.请勿将本回单作为收款方发货的凭据使用；
3.部分账单如充值提现、账户转存或者个人设置收支等不计入为收入或者支出，记为不计收支类；

------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------
"""
    old_before = """
支付宝交易记录明细查询
账号:[someone@example.com]
起始日期:[2019-03-01 00:00:00]    终止日期:[2019-04-01 00:00:00]
---------------------------------交易记录明细列表------------------------------------
"""
    old_after = """
------------------------------------------------------------------------------------------------------------------------
共2笔记录
已收入:0笔,0.00元
待收入:0笔,0.00元
已支出:1笔,100.00元
待支出:0笔,0.00元
导出时间:[2019-04-01 12:00:00]    用户:张三
"""
    shop = grid("""
    支付宝交易号|商户订单号|业务类型|商品名称|创建时间|完成时间|门店编号|对方账户|订单金额（元）|商家实收（元）
    2021030522001499001⇥|A001⇥|交易|茶叶|2021-03-05 10:00:00|2021-03-05 10:00:09||*某(138****00)|88.00|88.00
    2021030522001499002⇥|A002⇥|退款|茶叶|2021-03-05 11:00:00|2021-03-05 11:00:09||*某(138****00)|-88.00|-88.00
    """)
    shop_text = (
        "#支付宝业务明细查询\n#账号：[20880000000000000156]\n#起始日期：[2021年03月05日 00:00:00]   终止日期：[2021年03月06日 00:00:00]\n"
        "#-----------------------------------------业务明细列表----------------------------------------\n"
        + _csv(shop)
        + "\n#-----------------------------------------业务明细列表结束------------------------------------\n"
        "#交易合计：1笔，商家实收共88.00元，商家优惠共0.00元\n#退款合计：1笔，商家实收退款共-88.00元，商家优惠退款共0.00元\n"
        "#导出时间：[2021年03月06日 09:00:00]\n"
    )
    merchant = grid("""
    交易时间|公众账号ID|商户号|微信订单号|商户订单号|交易状态|付款银行|应结订单金额|费率
    `2021-03-05 10:00:00|`wx0000000000000000|`1900000109|`4200000001|`A0001|`SUCCESS|`OTHERS|`12.50|`0.60%
    `2021-03-05 10:20:00|`wx0000000000000000|`1900000109|`4200000002|`A0002|`SUCCESS|`OTHERS|`8.00|`0.60%
    `2021-03-05 10:40:00|`wx0000000000000000|`1900000109|`4200000003|`A0003|`REFUND|`OTHERS|`0.00|`0.60%
    """)
    merchant_sum = "总交易单数,应结订单总金额,退款总金额,手续费总金额\n`3,`20.50,`8.00,`0.12000\n"
    return {
        "微信账单.csv": Chinese(lines(wechat_before + _csv(WECHAT), "utf-8-sig"), WECHAT),
        "微信账单无补齐.csv": Chinese(
            lines("\n".join(map(",".join, short)) + "\n" + _csv(WECHAT), "utf-8-sig", "\n"), WECHAT
        ),
        "微信账单.xlsx": Chinese(xlsx([*short, *WECHAT], [(0, 0, 0, 10), (15, 0, 15, 10)]), WECHAT),
        "支付宝账单.csv": Chinese(lines(alipay_before + _csv(ALIPAY)), ALIPAY),
        "支付宝账单补齐.csv": Chinese(
            csv_bytes(
                wide([*[[line] if line else [] for line in alipay_before.strip().splitlines()], *ALIPAY]), "gb18030"
            ),
            ALIPAY,
        ),
        "支付宝旧账单.csv": Chinese(lines(old_before + _csv(OLD_ALIPAY) + old_after), OLD_ALIPAY),
        "支付宝旧账单.txt": Chinese(lines(old_before + _csv(OLD_ALIPAY) + old_after, "gb18030", "\n"), OLD_ALIPAY),
        "支付宝商家.csv": Chinese(lines(shop_text), shop),
        "微信商户.csv": Chinese(lines(_csv(merchant) + "\n" + merchant_sum, "utf-8"), merchant),
    }


# ----------------------------------------------------------------------------------------------------- banks


def _banks() -> dict[str, Chinese]:
    first = grid("""
    交易日期|摘要|交易场所|交易金额(收入)|交易金额(支出)|币种|余额|对方户名
    2021-03-01|工资|示例市分行|5,000.00||人民币|12,345.67|示例公司
    2021-03-03|消费|网上银行||1,234.50|人民币|11,111.17|示例超市
    2021-03-09|转账|手机银行||300.00|人民币|10,811.17|张三
    """)
    first_text = (
        "明细查询文件下载\n\n卡号: 6222000000000001234⇥,卡别名: ,子账户序号: 00000,\n"
        "起始日期: 2021年3月1日,终止日期: 2021年3月31日,钞汇标志: 钞,\n\n"
        + _csv(first)
        + '\n合计笔数,3,收入合计,"5,000.00",支出合计,"1,534.50"\n'
    )
    second = grid("""
    序号|摘要|币别|钞汇|交易日期|交易金额|账户余额|交易地点/附言|对方账号与户名
    1|消费|人民币元|钞|20210301|-25.00|975.00|财付通-示例商户|243300133/财付通
    2|转账存入|人民币元|钞|20210302|1,000.00|1,975.00|电子汇入|6217000000000000001/李四
    3|利息|人民币元|钞|20210321|0.45|1,975.45||
    """)
    second_rows = wide(
        [
            ["中国示例银行个人活期账户全部交易明细"],
            ["卡号/账号：6217*********0001", "", "", "客户名称：王五", "", "", "起止日期：20210301-20210331"],
            *second,
            ["生成时间：2021-04-01 10:00:00"],
            ["温馨提示：本明细仅供参考，如有疑问请到柜台查询。"],
        ]
    )
    third = grid("""
    交易日期|交易时间|收入|支出|余额|交易类型|交易备注
    ⇥20210331|⇥23:10:05||⇥12.00|⇥988.00|⇥快捷支付|⇥示例便利店
    ⇥20210330|⇥08:01:59|⇥1000.00||⇥1000.00|⇥代发工资|⇥
    """)
    third_text = (
        "# 示例银行交易记录\n# 导出时间: [⇥2021-04-01 10:10:10]\n# 账␣␣␣␣号: [⇥人民币6225********1234]\n# 币␣␣␣␣种: [⇥人民币]\n"
        "# 起始日期: [⇥20210301]␣␣␣终止日期: [⇥20210331]\n# 过滤设置: 无\n\n"
        + _csv(third)
        + "\n# 收入合计: 1 笔，共 1000.00 元\n# 支出合计: 1 笔，共 12.00 元\n"
    ).replace("␣", " ")
    company = grid("""
    示例银行对公账户交易明细||||||
    账号：2200 0000 0000 0001||户名：示例物流有限公司||币种：人民币||
    交易日期|凭证号|摘要|发生额||余额|对方户名
    |||借方|贷方||
    2021-03-01|0001|货款||120,000.00|320,000.00|示例甲商贸
    2021-03-05|0002|电费|3,201.55||316,798.45|示例供电
    2021-03-10|0003|代发工资|88,000.00||228,798.45|
    合计|||91,201.55|120,000.00||
    打印日期：2021年4月1日||||打印柜员：001||
    """)
    company_table = [
        ["交易日期", "凭证号", "摘要", "发生额/借方", "发生额/贷方", "余额", "对方户名"],
        *company[4:8],
    ]
    codes = grid("""
    交易日|交易时间|账号|借方金额|贷方金额|余额|流水号
    20210301|091500|6228480000000000017|0.00|50.00|150.00|000123
    20210302|101500|6228480000000000017|20.00|0.00|130.00|000124
    """)
    coded = "\n".join(
        [
            "账户明细查询",
            "查询时段：20210301至20210331，共2笔",
            _csv(codes[:1]),
            *(",".join(f'="{cell}"' if at in {2, 6} else cell for at, cell in enumerate(row)) for row in codes[1:]),
        ]
    )
    semis = grid("""
    记账日期|交易类型|金额|余额
    2021/3/1|存款|1000|1000
    2021/3/2|取款|-300|700
    2021/3/5|手续费|-2|698
    """)
    return {
        "个人明细甲.csv": Chinese(lines(first_text), first),
        "个人明细乙.xls": Chinese(xls(second_rows, [(0, 0, 0, 8), (1, 0, 1, 2), (1, 3, 1, 5), (1, 6, 1, 8)]), second),
        "个人明细乙.csv": Chinese(csv_bytes(second_rows, "gb18030"), second),
        "个人明细丙.csv": Chinese(lines(third_text), third),
        "对公明细.xls": Chinese(
            xls(
                company,
                [(0, 0, 0, 6), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 3, 5), (2, 6, 3, 6)],
            ),
            company_table,
        ),
        "对公明细.csv": Chinese(csv_bytes(company, "gb18030"), company_table),
        "账号写成公式.csv": Chinese(lines(coded), codes),
        "分号明细.csv": Chinese(csv_bytes(semis, "gb18030", ";"), semis),
        "制表符明细叫xls.xls": Chinese(csv_bytes([["账户交易明细"], *semis], "gb18030", "\t"), semis),
    }


# --------------------------------------------------------------------------------------------------- ledgers


def _ledgers() -> dict[str, Chinese]:
    parcels = grid("""
    示例快递月结对账单||||||
    客户名称：示例商贸有限公司||月结账号：W000123|||账期：2021-03-01至2021-03-31|
    序号|寄件日期|运单号|目的地|计费重量(kg)|运费(元)|备注
    1|2021-03-01|SF1000000000017|吉林|1.5|12.00|
    2|2021-03-02|SF1000000000018|上海|0.8|18.00|保价
    3|2021-03-05|SF1000000000019|北京|2.0|23.00|
    小计||||4.3|53.00|
    合计||||4.3|53.00|
    合计金额（大写）：伍拾叁元整||||||
    开户行：示例银行示例支行||账号：2200000000000001||||
    请于次月15日前付款，逾期将收取滞纳金。如对账单有疑问请联系客服。||||||
    """)
    balance = grid("""
    科目余额表|||||||
    单位名称：示例物流有限公司|||期间：2021年3月||||单位：元
    科目编码|科目名称|期初余额||本期发生||期末余额|
    ||借方|贷方|借方|贷方|借方|贷方
    1001|库存现金|1,200.00||500.00|300.00|1,400.00|
    1002|银行存款|320,000.00||120,000.00|91,201.55|348,798.45|
    100201|示例银行|320,000.00||120,000.00|91,201.55|348,798.45|
    2202|应付账款||80,000.00|20,000.00|10,000.00||70,000.00
    合计||321,200.00|80,000.00|140,500.00|101,501.55|350,198.45|70,000.00
    制表人：张三||||打印日期：2021-04-02|||
    """)
    balance_table = [
        *(
            [
                "科目编码",
                "科目名称",
                "期初余额/借方",
                "期初余额/贷方",
                "本期发生/借方",
                "本期发生/贷方",
                "期末余额/借方",
                "期末余额/贷方",
            ],
        ),
        *balance[4:9],
    ]
    merged = [(0, 0, 0, 7), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5), (2, 6, 2, 7)]
    detail = grid("""
    明细账||||||||
    科目：1002 银行存款||||||||
    2021年||凭证||摘要|借方|贷方|方向|余额
    月|日|字|号|||||
    03|01|||期初余额|||借|320,000.00
    03|01|记|1|收货款|120,000.00||借|440,000.00
    03|05|记|2|付电费||3,201.55|借|436,798.45
    03|31|||本月合计|120,000.00|3,201.55|借|436,798.45
    03|31|||本年累计|350,000.00|210,000.00|借|436,798.45
    """)
    detail_table = [
        ["2021年/月", "2021年/日", "凭证/字", "凭证/号", "摘要", "借方", "贷方", "方向", "余额"],
        *detail[4:],
    ]
    voucher = grid("""
    日期|凭证号数|摘要|科目|借方金额|贷方金额
    2021-03-01|记-1|收货款|银行存款|120000|
    2021-03-01|记-1|收货款|应收账款||120000
    2021-03-05|记-2|付电费|管理费用|3201.55|
    2021-03-05|记-2|付电费|银行存款||3201.55
    """)
    wages = grid("""
    示例快递公司2021年3月工资表|||||||
    序号|姓名|应发工资|||应扣款项||实发工资
    ||基本工资|派费|奖金|社保|个税|
    1|张三|3,000.00|2,400.50|200.00|320.00|15.50|5,265.00
    2|李四|3,000.00|1,980.00||320.00||4,660.00
    合计||6,000.00|4,380.50|200.00|640.00|15.50|9,925.00
    审批：|||复核：|||制表：|
    """)
    wages_table = [
        [
            "序号",
            "姓名",
            "应发工资/基本工资",
            "应发工资/派费",
            "应发工资/奖金",
            "应扣款项/社保",
            "应扣款项/个税",
            "实发工资",
        ],
        *wages[3:6],
    ]
    stock = grid("""
    仓库|商品编码|商品名称|期初数量|入库|出库|期末数量
    主仓|000123|纸箱1号|100|50|30|120
    主仓|000124|胶带|20|0|5|15
    小计|||120|50|35|135
    分仓|000123|纸箱1号|10|0|2|8
    小计|||10|0|2|8
    总计|||130|50|37|143
    """)
    return {
        "月结对账单.xls": Chinese(xls(parcels, [(0, 0, 0, 6)]), parcels[2:8]),
        "月结对账单.csv": Chinese(csv_bytes(parcels, "gb18030"), parcels[2:8]),
        "科目余额表.xls": Chinese(xls(balance, merged), balance_table),
        "科目余额表.csv": Chinese(csv_bytes(balance, "gb18030"), balance_table),
        "明细账.xlsx": Chinese(
            xlsx(detail, [(0, 0, 0, 8), (2, 0, 2, 1), (2, 2, 2, 3), *((2, c, 3, c) for c in range(4, 9))]), detail_table
        ),
        "明细账.csv": Chinese(csv_bytes(detail, "gb18030"), detail_table),
        "凭证.csv": Chinese(csv_bytes(voucher, "gb18030"), voucher),
        "工资表.xls": Chinese(
            xls(wages, [(0, 0, 0, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 6), (1, 7, 2, 7)]),
            wages_table,
        ),
        "工资表.csv": Chinese(csv_bytes(wages, "gb18030"), wages_table),
        "进销存.csv": Chinese(csv_bytes([["进销存汇总表"], ["会计期间：2021.03"], *stock], "gb18030"), stock),
    }


# --------------------------------------------------------------------------------------------------- offices


def _offices() -> dict[str, Chinese]:
    form = grid("""
    附件1|||||
    2021年一季度寄递安全检查情况统计表|||||
    填报单位（盖章）：示例县邮政管理局||||填报日期：2021年4月5日|
    序号|企业名称|检查次数|发现问题数||备注
    |||一般隐患|重大隐患|
    甲|乙|1|2|3|丙
    1|示例甲快递|3|2|0|
    2|示例乙快递|2|0|0|已整改
    合计||5|2|0|
    单位负责人：某某||统计负责人：某某||填表人：某某|
    """)
    form_table = [["序号", "企业名称", "检查次数", "发现问题数/一般隐患", "发现问题数/重大隐患", "备注"], *form[6:9]]
    trains = grid("""
    订单号|乘车日期|车次|出发站|到达站|席别|票价(元)|状态
    E123456789|2021-03-05|D25|示例站|北站|二等座|¥153.5|已支付
    E123456790|2021-03-07|D26|北站|示例站|二等座|¥153.5|已改签
    """)
    roster = grid("""
    |序号|村名|人口|
    |1|甲村|1203|
    |2|乙村|890|
    |3|丙村|1530|
    |合计||3623|
    """)
    beside = grid("""
    企业|本月|累计||备注栏
    示例甲|12|36||电话 0432-0000001
    示例乙|8|20||
    示例丙|5|17||
    """)
    long = grid("""
    示例省邮政管理局关于2021年3月邮政行业运行情况的通报附表（数据为快报数，最终数据以年报为准，请勿外传）|||
    地区|业务量（万件）|同比（%）|占比（%）
    示例市|120.5|12.3|60.2
    示例县|79.7|-3.1|39.8
    全省|200.2|5.6|100.0
    """)
    two = grid("""
    表一 业务量||
    企业|本月|上月
    示例甲|12|10
    示例乙|8|9

    表二 车辆||
    车型|数量|吨位
    货车|3|5
    面包车|2|1
    """)
    vertical = grid("""
    项目|2021年3月
    快递业务量（件）|12345
    快递业务收入（元）|98765.43
    从业人员（人）|56
    """)
    words = grid("""
    考核指标|考核内容|评分标准|责任科室
    投诉处理|按时办结率|每低1个百分点扣0.5分|市场科
    寄递安全|三项制度落实|发现一起扣2分|安全科
    统计工作|报送及时、准确|迟报一次扣1分|办公室
    """)
    none = [["示例甲", "2021-03", "12", "3.5"], ["示例乙", "2021-03", "8", "2.1"], ["示例丙", "2021-03", "5", "1.7"]]
    return {
        "检查统计表.xls": Chinese(
            xls(form, [(1, 0, 1, 5), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (3, 5, 4, 5)]), form_table
        ),
        "检查统计表.csv": Chinese(csv_bytes(form, "gb18030"), form_table),
        "车票.csv": Chinese(csv_bytes(trains), trains),
        "首列空.xlsx": Chinese(xlsx(roster), [row[1:4] for row in roster]),
        "首列空.csv": Chinese(csv_bytes(roster, "gb18030"), roster),
        "旁注.csv": Chinese(csv_bytes(beside, "gb18030"), beside),
        "长标题.csv": Chinese(csv_bytes(long, "gb18030"), long[1:]),
        "两个表.xlsx": Chinese(xlsx(two, [(0, 0, 0, 2), (5, 0, 5, 2)]), two[1:4]),
        "两个表.csv": Chinese(csv_bytes(wide(two), "gb18030"), two[1:4]),
        "两列.csv": Chinese(csv_bytes(wide([["示例快递月报"], *vertical]), "gb18030"), vertical),
        "全是文字.csv": Chinese(csv_bytes(wide([["考核细则"], *words]), "gb18030"), words),
        "没有表头.csv": Chinese(csv_bytes(none, "gb18030"), none),
    }


# ----------------------------------------------------------------------------------------------------- books


def _books() -> dict[str, Chinese]:
    from datetime import datetime

    head = ["日期", "业务量", "占比", "代码", "金额"]
    rows = [["2021-03-05", "1234.5", "96.4%", "000123", "1200"], ["2021-03-06", "0", "3.6%", "000124", "-5.25"]]
    values: list[list[tuple[Any, str]]] = [
        [(datetime(2021, 3, 5), "yyyy/m/d"), (1234.5, "#,##0.00"), (0.964, "0.0%"), (123, "000000"), (1200, "¥#,##0")],  # noqa: DTZ001
        [(datetime(2021, 3, 6), "yyyy/m/d"), (0, "General"), (0.036, "0.0%"), (124, "000000"), (-5.25, "0.00")],  # noqa: DTZ001
    ]
    styles = {(r + 2, c): value for r, row in enumerate(values) for c, value in enumerate(row)}
    blank = [["示例甲公司日报"], head, [], []]
    old = grid("""
    示例县二零零三年邮政业务量
    局所|函件|包裹|汇票
    示例支局|1203|45|67
    白石支局|890|12|33
    合计|2093|57|100
    """)
    hidden = grid("""
    企业|业务量|收入
    示例甲|12|100
    示例乙|8|70
    示例丙|5|44
    """)
    towns = grid("""
    乡镇|村|人口
    甲镇|红星村|1200
    |团结村|900
    |前进村|700
    乙镇|东风村|800
    |和平村|650
    """)
    filled = [towns[0], *[["甲镇", *row[1:]] for row in towns[1:4]], *[["乙镇", *row[1:]] for row in towns[4:]]]
    return {
        "格式.xlsx": Chinese(xlsx(blank, [(0, 0, 0, 4)], styles), [head, *rows]),
        "格式.xls": Chinese(
            xls(
                blank, [(0, 0, 0, 4)], {k: (float(v), f) for k, (v, f) in styles.items() if isinstance(v, int | float)}
            ),
            [head, *[["", *row[1:]] for row in rows]],
        ),
        "九五年格式.xls": Chinese(old_xls_bytes(old), old[1:]),
        "隐藏一行.xlsx": Chinese(xlsx([["三月"], *hidden], [(0, 0, 0, 2)], hidden_rows=[4]), hidden),
        "合并的乡镇.xlsx": Chinese(xlsx(towns, [(1, 0, 3, 0), (4, 0, 5, 0)]), towns),
        "合并的乡镇.xls": Chinese(xls(towns, [(1, 0, 3, 0), (4, 0, 5, 0)]), towns),
        "乡镇只写一次.csv": Chinese(csv_bytes(towns, "gb18030"), towns),
        "乡镇写满.csv": Chinese(csv_bytes(filled, "gb18030"), filled),
    }


def _web() -> dict[str, Chinese]:
    table = [
        ["企业", "业务量/本月", "业务量/累计", "收入"],
        ["示例甲", "12", "36", "1,200.00"],
        ["示例乙", "8", "20", "900.50"],
    ]
    head = tr("2^企业", "2*业务量", "2^收入", tag="th") + tr("本月", "累计", tag="th")
    body = "".join(tr(*row) for row in table[1:])
    title = tr("4*2021年3月快递业务量")
    total = tr("合计", "20", "56", "2,100.50")
    after = tr("4*注：本表由系统自动生成") + tr("4*打印时间：2021-04-01 10:00")
    nbsp = body.replace("<td>", "<td>&nbsp;")
    return {
        "网页.xls": Chinese(html(title + head + body), table),
        "网页合计注.xls": Chinese(
            html(title + head + body + total + after), [*table, ["合计", "20", "56", "2,100.50"]]
        ),
        "网页utf8.xls": Chinese(html(head + body, "utf-8"), table),
        "网页空格.xls": Chinese(html(title + head + nbsp), table),
        "网页单行头.xls": Chinese(
            html(tr("代码", "名称", "数量", tag="th") + tr("007", "示例", "5") + tr("008", "样本", "6")),
            grid("代码|名称|数量\n007|示例|5\n008|样本|6"),
        ),
    }
