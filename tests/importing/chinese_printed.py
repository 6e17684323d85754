"""Tables as counters print them and yearbooks set them: heads in two languages, aligned columns, closing sums."""

from __future__ import annotations

from tests.importing.chinese import Chinese, Table, grid, lines, wide, xls
from tests.importing.makers import csv_bytes


def printed() -> dict[str, Chinese]:
    """All of them by name."""
    return {**_languages(), **_deep(), **_aligned(), **_closing(), **_quoted()}


def _both(name: str, rows: Table, table: Table, merges: list[tuple[int, int, int, int]]) -> dict[str, Chinese]:
    return {
        f"{name}.xls": Chinese(xls(rows, merges), table),
        f"{name}.csv": Chinese(csv_bytes(wide(rows), "gb18030"), table),
        f"{name}制表符.xls": Chinese(csv_bytes(wide(rows), "utf-16", "\t"), table),
    }


def _languages() -> dict[str, Chinese]:
    rows = grid("""
    16-30  邮政业务基本情况（2020年）||||
    Basic Statistics on Postal Services (2020)||||
    地  区|邮政业务总量（亿元）|函件（万件）||
    Region|Business Volume of Postal Services|Letters (10 000 pcs)||
    ||合  计|国内|国际
    全  国|21053.2|142012|138012|4000
    甲  市|612.3|12010|11010|1000
    乙  市|203.4|3201|3001|200
    注：本表按2010年不变单价计算。||||
    Note: Data in this table are calculated at 2010 constant prices.||||
    """)
    letters = "函件（万件）/Letters (10 000 pcs)"
    head = [
        *("地  区/Region", "邮政业务总量（亿元）/Business Volume of Postal Services"),
        *(f"{letters}/合  计", f"{letters}/国内", f"{letters}/国际"),
    ]
    years = grid("""
    2020年快递企业数|||计量单位：家
    |2018|2019|2020
    法人企业|12|14|15
    分支机构|30|35|41
    末端网点|55|66|78
    """)
    merges = [(0, 0, 0, 4), (1, 0, 1, 4), (2, 2, 2, 4), (3, 2, 3, 4)]
    account = grid("""
    ACCOUNT STATEMENT 账户对账单|||||
    Date|Description|Debit|Credit|Balance|Branch
    日期|摘要|借方|贷方|余额|网点
    2021/03/01|OPENING BALANCE 期初|||1,000.00|
    2021/03/02|TRF 转账||500.00|1,500.00|001
    2021/03/09|FEE 手续费|10.00||1,490.00|001
    合计||10.00|500.00||
    *** END OF STATEMENT 对账单结束 ***|||||
    """)
    both = [f"{name}/{word}" for name, word in zip(account[1], account[2], strict=True)]
    ends = [(0, 0, 0, 5), (6, 0, 6, 1), (7, 0, 7, 5)]
    return {
        **_both("中英对账单", account, [both, *account[3:7]], ends),
        **_both("双语三行表头", rows, [head, *rows[5:8]], merges),
        **_both("单位在标题旁", years, years[1:], [(0, 0, 0, 2)]),
    }


def _deep() -> dict[str, Chinese]:
    rows = grid("""
    邮政行业安全检查统计表||||||||
    填报单位：示例县邮政管理局|||||2021年3月|||单位：次、家
    地区|检查情况|||||处罚情况|||
    |出动执法人员|检查企业||||立案|罚款||
    ||合计|其中：||其他||件数|金额（元）
    |||快递|邮政||||
    甲镇|12|6|4|2|0|1|1|2000
    乙镇|8|3|3|0|0|0|0|0
    合计|20|9|7|2|0|1|1|2000
    """)
    head = [
        *("地区", "检查情况/出动执法人员", "检查情况/检查企业/合计", "检查情况/检查企业/其中：/快递"),
        *("检查情况/检查企业/其中：/邮政", "检查情况/检查企业/其他", "处罚情况/立案", "处罚情况/罚款/件数"),
        "处罚情况/罚款/金额（元）",
    ]
    merges = [
        *((0, 0, 0, 8), (2, 0, 5, 0), (2, 1, 2, 5), (2, 6, 2, 8), (3, 1, 5, 1), (3, 2, 3, 5), (4, 2, 5, 2)),
        *((4, 3, 4, 4), (4, 5, 5, 5), (3, 6, 5, 6), (3, 7, 3, 8), (4, 7, 5, 7), (4, 8, 5, 8)),
    ]
    return {"四层表头.xls": Chinese(xls(rows, merges), [head, *rows[6:]])}


def _aligned() -> dict[str, Chinese]:
    text = """
                示例银行分户账明细
户名:示例物流有限公司      账号:2200000000001      币种:人民币
-----------------------------------------------------------------
日期        摘要        借方          贷方          余额
-----------------------------------------------------------------
2021-03-01  货款        0.00          1,000.00      2,000.00
2021-03-05  工资        300.00        0.00          1,700.00
2021-03-21  结息        0.00          0.35          1,700.35
-----------------------------------------------------------------
合计                    300.00        1,000.35
"""
    table = grid("""
    日期|摘要|借方|贷方|余额
    2021-03-01|货款|0.00|1,000.00|2,000.00
    2021-03-05|工资|300.00|0.00|1,700.00
    2021-03-21|结息|0.00|0.35|1,700.35
    合计||300.00|1,000.35|
    """)
    return {"空格对齐的分户账.txt": Chinese(lines(text), table)}


def _closing() -> dict[str, Chinese]:
    counter = grid("""
    示例银行股份有限公司客户交易明细||||||
    机构名称:|示例支行|客户号:|0100001|币种:|人民币|
    账户名称:|示例物流有限公司|账号:|2200000000001|起止日期:|20210301-20210331|
    ----------||||||
    交易日期|交易流水号|借/贷|交易金额|账户余额|对方户名|用途
    20210301|000123|贷|1,000.00|2,000.00|示例商贸|货款
    20210305|000124|借|300.00|1,700.00|李四|工资
    20210321|000125|贷|0.35|1,700.35||结息
    ----------||||||
    贷方笔数:|2|贷方金额:|1,000.35|||
    借方笔数:|1|借方金额:|300.00|||
    """)
    issue = grid("""
    领料单|||||
    领料部门：分拣中心||日期：2021年3月5日||编号：0012|
    序号|品名|规格|单位|数量|用途
    1|编织袋|大号|个|200|装车
    2|封签|—|枚|500|
    3|扫描枪|蓝牙|把|2|替换
    以下空白|||||
    批准：张三|发料：李四|领料：王五|||
    """)
    invoices = grid("""
    增值税专用发票汇总表|||||||
    纳税人登记号：91220000000000000X|||企业名称：示例物流有限公司||||
    所属期间：3月第1次|||||||
    期初库存份数|10|正数发票份数|5|负数发票份数|1||
    购进发票份数|0|正数废票份数|0|负数废票份数|0||
    ★ 销项情况 ★|||||金额单位：元||
    序号|项目名称|合计|13%|9%|6%|3%|其他
    1|销项正废金额|0.00|0.00|0.00|0.00|0.00|0.00
    2|销项正数金额|120000.00|0.00|20000.00|100000.00|0.00|0.00
    3|销项负数金额|-500.00|0.00|0.00|-500.00|0.00|0.00
    """)
    return {
        **_both("税率作列名", invoices, invoices[6:], [(0, 0, 0, 7)]),
        **_both("柜台明细", counter, counter[4:8], [(0, 0, 0, 6)]),
        **_both("领料单", issue, issue[2:6], [(0, 0, 0, 5)]),
    }


def _quoted() -> dict[str, Chinese]:
    text = """
Date,Description,Billing amount,Billing currency,Balance,Balance currency
24/03/2025,TRIPLE Z      HC1234567890123456   22MAR,"-1.00"⇥,HKD,"3,612.17"⇥,HKD
24/03/2025,MOBILE WITHDRAWAL        (22MAR25),"-100.00"⇥,HKD,"3,613.17"⇥,HKD
01/03/2025,INTEREST CREDIT,"5.45"⇥,HKD,"10,561.33"⇥,HKD
"""
    table = grid("""
    Date|Description|Billing amount|Billing currency|Balance|Balance currency
    24/03/2025|TRIPLE Z      HC1234567890123456   22MAR|-1.00⇥|HKD|3,612.17⇥|HKD
    24/03/2025|MOBILE WITHDRAWAL        (22MAR25)|-100.00⇥|HKD|3,613.17⇥|HKD
    01/03/2025|INTEREST CREDIT|5.45⇥|HKD|10,561.33⇥|HKD
    """)
    return {"引号后有制表符.csv": Chinese(lines(text, "utf-8"), table)}
