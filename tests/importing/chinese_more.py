"""More tables as Chinese exports bring them: public accounts, census, markets, invoices, marks, orders."""

# ruff: noqa: E501  (a line of an export is a line here)
from __future__ import annotations

import codecs
from datetime import date

from tests.importing.chinese import Chinese, grid, lines, tr, wide, xls, xlsx
from tests.importing.makers import csv_bytes


def more() -> dict[str, Chinese]:
    """All of them by name."""
    return {**_public(), **_trade(), **_reports(), **_traps(), **_lists()}


def _public() -> dict[str, Chinese]:
    files: dict[str, Chinese] = {}
    accounts = grid("""
    收入支出决算总表|||||
    |||||公开01表
    部门：示例县邮政管理局|||||金额单位：万元
    收入|||支出||
    项目|行次|金额|项目|行次|金额
    栏次||1|栏次||2
    一、一般公共预算财政拨款收入|1|120.5|一、一般公共服务支出|32|100.2
    二、政府性基金预算财政拨款收入|2|0.0|二、外交支出|33|
    三、事业收入|3|2.5|三、国防支出|34|
    本年收入合计|31|123.0|本年支出合计|61|100.2
    注：1.本表反映部门本年度的总收支和年末结转结余情况。
    2.本套报表金额单位转换时可能存在尾数误差。
    """)
    accounts_table = [["收入/项目", "收入/行次", "收入/金额", "支出/项目", "支出/行次", "支出/金额"], *accounts[6:10]]
    files["决算.xls"] = Chinese(xls(accounts, [(0, 0, 0, 5), (3, 0, 3, 2), (3, 3, 3, 5)]), accounts_table)
    files["决算.csv"] = Chinese(csv_bytes(wide(accounts), "gb18030"), accounts_table)
    census = grid("""
    1-1 各地区户数、人口数和性别比|||||||
    |||||单位：户、人
    地区|户数|||人口数|||性别比（女=100）
    |合计|家庭户|集体户|合计|男|女|
    Region|Total|Family|Collective|Total|Male|Female|Sex Ratio
    全国|522689264|494157423|28531841|1409778724|721416394|688362330|104.80
    北京|8926089|8230792|695297|21893095|11195390|10697705|104.65
    天津|5124223|4867116|257107|13866009|7144949|6721060|106.31
    """)
    census_table = [
        [
            "地区/Region",
            "户数/合计/Total",
            "户数/家庭户/Family",
            "户数/集体户/Collective",
            "人口数/合计/Total",
            "人口数/男/Male",
            "人口数/女/Female",
            "性别比（女=100）/Sex Ratio",
        ],
        *census[5:],
    ]
    files["七普.xls"] = Chinese(
        xls(census, [(0, 0, 0, 7), (2, 0, 3, 0), (2, 1, 2, 3), (2, 4, 2, 6), (2, 7, 3, 7)]), census_table
    )
    files["七普.csv"] = Chinese(csv_bytes(census, "gb18030"), census_table)
    prices = grid("""
    日期|开盘|最高|最低|收盘|成交量|成交额
    2021/03/01|3531.48|3552.12|3519.04|3551.40|29123|412345.00
    2021/03/02|3566.88|3567.32|3500.11|3508.59|31233|432111.00
    2021/03/03|3493.21|3577.63|3490.09|3576.90|30121|421001.00
    """)
    files["通达信.txt"] = Chinese(
        (
            "上证指数 (999999) 日线 不复权\r\n" + "".join("\t".join(r) + "\r\n" for r in prices) + "数据来源:通达信\r\n"
        ).encode("gbk"),
        prices,
    )
    spaced = [["      " + c if i else c for i, c in enumerate(prices[0])], *prices[1:]]
    files["通达信2.xls"] = Chinese(
        ("上证指数 (999999) 日线\r\n" + "".join("\t".join(r) + "\r\n" for r in spaced) + "#数据来源:通达信\r\n").encode(
            "gbk"
        ),
        spaced,
    )
    deals = grid("""
    成交日期|证券代码|证券名称|操作|成交数量|成交均价|成交金额|手续费
    20210301|000001|示例银行|买入|100|21.350|2135.000|5.00
    20210305|600000|示例发展|卖出|-200|10.980|2196.000|5.00
    20210308|159915|示例基金|买入|1000|2.711|2711.000|0.27
    """)
    files["成交tsv.xls"] = Chinese(
        (
            "".join(
                "\t".join(f'="{c}"' if i and j == 1 else c for j, c in enumerate(r)) + "\t\r\n"
                for i, r in enumerate(deals)
            )
        ).encode("gbk"),
        [[*r, ""] for r in deals],
    )
    coded = grid("""
    Stkcd|Accper|A001101000|A001111000
    证券代码|会计期间|货币资金|应收账款净额
    没有单位|没有单位|元|元
    000001|2020-12-31|1203.5|33.2
    000002|2020-12-31|2203.5|
    000004|2020-12-31|12.5|1.2
    """)
    files["国泰安.csv"] = Chinese(
        csv_bytes(coded, "utf-8-sig"), [["/".join(x) for x in zip(*coded[:3], strict=True)], *coded[3:]]
    )
    files["国泰安.xlsx"] = Chinese(xlsx(coded), [["/".join(x) for x in zip(*coded[:3], strict=True)], *coded[3:]])
    shares = grid("""
    证券代码|证券简称|总市值(元)|市盈率
    000001.SZ|示例银行|4.1e11|12.3
    000002.SZ|示例地产|3.2e11|8.1

    数据来源：Wind
    """)
    files["万得.xlsx"] = Chinese(xlsx(shares), shares[:3])
    files["万得.csv"] = Chinese(csv_bytes(wide(shares), "gb18030"), shares[:3])
    return files


def _trade() -> dict[str, Chinese]:
    files: dict[str, Chinese] = {}
    invoices = grid("""
    发票明细|||||||
    购方名称：示例公司|||购方税号：91220000000000000X||||
    序号|发票代码|发票号码|开票日期|商品名称|金额|税率|税额
    1|022002000111|00123456|2021-03-05|*物流辅助服务*收派服务费|1000.00|6%|60.00
    2|022002000111|00123457|2021-03-09|*物流辅助服务*收派服务费|500.00|6%|30.00
    合计|||||¥1500.00||¥90.00
    价税合计（大写）|壹仟伍佰玖拾元整|||||（小写）|¥1590.00
    备注：||||收款人：张三||开票人：李四|
    """)
    files["发票.xls"] = Chinese(xls(invoices, [(0, 0, 0, 7)]), invoices[2:7])
    files["发票.csv"] = Chinese(csv_bytes(invoices, "gb18030"), invoices[2:7])
    marks = grid("""
    示例学校2020—2021学年度第一学期期末考试成绩登记表||||||
    班级：三年级二班|||班主任：某某||人数：3|
    学号|姓名|语文|数学|英语|总分|名次
    20200101|张三|95|98|100|293|1
    20200102|李四|88|缺考|92|180|3
    20200103|王五|90|91.5|89|270.5|2
    平均分||91|94.75|93.67||
    """)
    files["成绩.xls"] = Chinese(xls(marks, [(0, 0, 0, 6)]), marks[2:])
    files["成绩.csv"] = Chinese(csv_bytes(marks, "gb18030"), marks[2:])
    fund = grid("""
    住房公积金个人明细账|||||
    个人账号|1234567890|姓名|某某|单位名称|示例公司
    起止日期|2021-01-01至2021-03-31|缴存基数|5000.00|月缴存额|1200.00
    序号|日期|摘要|借方|贷方|余额
    1|2021-01-15|汇缴|0.00|1200.00|1200.00
    2|2021-02-15|汇缴|0.00|1200.00|2400.00
    3|2021-03-15|汇缴|0.00|1200.00|3600.00
    """)
    files["公积金.xls"] = Chinese(xls(fund, [(0, 0, 0, 5)]), fund[3:])
    files["公积金.csv"] = Chinese(csv_bytes(fund, "gb18030"), fund[3:])
    water = grid("""
    示例县2021年3月水质监测结果|||||
    监测断面|pH值（无量纲）|溶解氧（mg/L）|高锰酸盐指数（mg/L）|氨氮（mg/L）|水质类别
    甲断面|7.9|9.8|2.3|0.15|Ⅱ
    乙断面|8.1|10.2|3.1|0.21L|Ⅲ
    丙断面|—|—|—|—|断流
    标准限值|6～9|≥5|≤6|≤1.0|Ⅲ类
    备注：“L”表示低于检出限。|||||
    """)
    files["水质.csv"] = Chinese(csv_bytes(water, "gb18030"), water[1:6])
    files["水质.xlsx"] = Chinese(xlsx(water, [(0, 0, 0, 5), (6, 0, 6, 5)]), water[1:6])
    return files


def _reports() -> dict[str, Chinese]:
    files: dict[str, Chinese] = {}
    cities = grid("""
    全国快递企业2021年3月份业务量和业务收入前50位城市情况表|||||||
    排名|城市|快递业务量（万件）||排名|城市|快递业务收入（万元）|
    ||本月|累计|||本月|累计
    1|金华（义乌）市|101223.4|250012.1|1|上海市|1502211.1|4012333.2
    2|广州市|88123.1|223301.2|2|广州市|712233.3|1923331.1
    3|深圳市|51233.1|140012.3|3|深圳市|612233.1|1612331.4
    """)
    cities_table = [
        [
            "排名",
            "城市",
            "快递业务量（万件）/本月",
            "快递业务量（万件）/累计",
            "排名",
            "城市",
            "快递业务收入（万元）/本月",
            "快递业务收入（万元）/累计",
        ],
        *cities[3:],
    ]
    files["前50.xls"] = Chinese(
        xls(cities, [(0, 0, 0, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4), (1, 5, 2, 5), (1, 6, 1, 7)]),
        cities_table,
    )
    files["前50.csv"] = Chinese(csv_bytes(cities, "gb18030"), cities_table)
    running = grid("""
    2021年3月全国邮政行业主要指标|||||
    指标名称|单位|3月||1-3月|
    ||绝对数|同比增长（%）|绝对数|同比增长（%）
    一、邮政行业业务收入|亿元|1123.2|40.2|2955.4|41.8
    1．快递业务|亿元|846.1|33.6|2274.7|45.9
    其中：同城|亿元|64.9|9.6|176.5|18.2
    异地|亿元|422.3|41.6|1155.8|52.1
    二、邮政行业业务总量|亿元|1119.9|52.2|2841.2|62.8
    """)
    running_table = [
        ["指标名称", "单位", "3月/绝对数", "3月/同比增长（%）", "1-3月/绝对数", "1-3月/同比增长（%）"],
        *running[3:],
    ]
    files["运行.xls"] = Chinese(
        xls(running, [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)]), running_table
    )
    files["运行.csv"] = Chinese(csv_bytes(running, "gb18030"), running_table)
    schools = grid("""
    序号|学校名称|学校标识码|主管部门|所在地|办学层次|备注
    北京市（92所）||||||
    1|示例大学|4111010001|教育部|北京市|本科|
    2|示例学院|4111010002|北京市|北京市|本科|民办
    天津市（56所）||||||
    93|样本大学|4112010055|教育部|天津市|本科|
    """)
    files["高校名单.xls"] = Chinese(
        xls([["全国高等学校名单"], *schools], [(0, 0, 0, 6), (2, 0, 2, 6), (5, 0, 5, 6)]), wide(schools)
    )
    files["高校名单.csv"] = Chinese(csv_bytes(wide([["全国高等学校名单"], *schools]), "gb18030"), schools)
    orders = grid("""
    订单编号|买家会员名|总金额|订单状态|收货地址|联系手机|订单创建时间
    ="1234567890123456789"|tb_001|35.80|交易成功|示例省 示例市 1号|'13800000000|2021-03-05 10:00:00
    ="1234567890123456790"|tb_002|128.00|交易关闭|示例省 示例市 2号|'13900000000|2021-03-06 11:00:00
    """)
    orders_table = [orders[0], *[[r[0][2:-1], *r[1:]] for r in orders[1:]]]
    files["淘宝订单.csv"] = Chinese(("".join(",".join(r) + "\r\n" for r in orders)).encode("gbk"), orders_table)
    files["淘宝订单引号.csv"] = Chinese(csv_bytes(orders, "gb18030"), orders_table)
    lessons = grid("""
    课表|||||
    |星期一|星期二|星期三|星期四|星期五
    1-2节|语文|数学|英语|体育|美术
    3-4节|数学|语文|音乐|英语|科学
    """)
    files["课表.csv"] = Chinese(csv_bytes(lessons, "gb18030"), lessons[1:])
    profit = grid("""
    统计表|||||
    单位：万元
    项目|2019年|2020年|2021年1-3月
    一、营业收入|1,200.50|1,350.20|380.10
    减：营业成本|800.00|920.30|(250.40)
    二、营业利润|400.50|429.90|129.70
    """)
    files["利润.csv"] = Chinese(csv_bytes(wide(profit), "gb18030"), [r + [""] * 0 for r in wide(profit)[2:]])
    complaints = grid("""
    2021年3月快递服务申诉情况通告附表|||||
    企业名称|申诉率（件/百万件）|有效申诉率|处理满意率
    全国平均|3.21|0.56|98.1
    甲快递|4.10|0.44|97.9
    乙快递|1.02|-|99.0

    注：申诉率以国家邮政局公布数据为准。
    发布单位：市场监管司
    """)
    files["申诉.csv"] = Chinese(csv_bytes(complaints, "gb18030"), complaints[1:5])
    files["申诉pad.csv"] = Chinese(csv_bytes(wide(complaints), "gb18030"), wide(complaints)[1:5])
    trade = grid("""
    附表2：||||
    示例县快递企业经营情况明细表||||
    制表单位：示例县邮政管理局|||2021年3月|单位：万件、万元
    企业|业务量|业务收入|同比增长（%）|
    |||业务量|业务收入
    甲|12.1|110.2|5.1|6.2
    乙|8.3|70.9|-3.3|-1.2
    总计|20.4|181.1|1.5|3.1
    """)
    trade_table = [["企业", "业务量", "业务收入", "同比增长（%）/业务量", "同比增长（%）/业务收入"], *trade[5:]]
    files["经营.xls"] = Chinese(
        xls(trade, [(1, 0, 1, 4), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4)]), trade_table
    )
    files["经营.csv"] = Chinese(csv_bytes(trade, "gb18030"), trade_table)
    return files


def _traps() -> dict[str, Chinese]:
    files: dict[str, Chinese] = {}
    # numeric xls
    years = [
        ["示例市主要年份邮政业务量"],
        ["指标", "", "", ""],
        ["函件（万件）", "", "", ""],
        ["包裹（万件）", "", "", ""],
        ["数据来源：市局"],
    ]
    figures = {
        (1, 1): (2018, "General"),
        (1, 2): (2019, "General"),
        (1, 3): (2020, "General"),
        (2, 1): (12.5, "0.0"),
        (2, 2): (11, "0.0"),
        (2, 3): (9.25, "0.00"),
        (3, 1): (3, "General"),
        (3, 2): (2.75, "General"),
        (3, 3): (1e6, "#,##0"),
    }
    files["年份数字.xls"] = Chinese(
        xls(years, [(0, 0, 0, 3), (4, 0, 4, 3)], figures),
        [
            ["指标", "2018", "2019", "2020"],
            ["函件（万件）", "12.5", "11", "9.25"],
            ["包裹（万件）", "3", "2.75", "1000000"],
        ],
    )
    files["年份数字.xlsx"] = Chinese(xlsx(years, [(0, 0, 0, 3), (4, 0, 4, 3)], figures), files["年份数字.xls"].table)
    months = [["分月业务量"], ["企业", "", ""], ["甲", "12", "13"], ["乙", "8", "9"]]
    files["月份表头.xlsx"] = Chinese(
        xlsx(
            months,
            [(0, 0, 0, 2)],
            {(1, 1): (date(2021, 3, 1), 'yyyy"年"m"月"'), (1, 2): (date(2021, 4, 1), 'yyyy"年"m"月"')},
        ),
        [["企业", "2021-03", "2021-04"], *months[2:]],
    )
    towns = grid("""
    地区|业务量|收入
    合计|20|170
    甲县|12|100
    乙县|8|70
    """)
    files["合计在前.csv"] = Chinese(csv_bytes([["各县业务量"], ["单位：万件、万元"], *towns], "gb18030"), towns)
    files["合计在前.xls"] = Chinese(xls([["各县业务量"], ["", "", "单位：万件、万元"], *towns], [(0, 0, 0, 2)]), towns)
    account = grid("""
    交易日期|收入|支出|余额
    2021-03-01|100.00||1100.00
    2021-03-02||50.00|1050.00
    """)
    files["unicode文本.xls"] = Chinese(
        codecs.BOM_UTF16_LE
        + ("账户明细\r\n账号：\t6222000000000000\r\n" + "\r\n".join("\t".join(r) for r in account) + "\r\n").encode(
            "utf-16-le"
        ),
        account,
    )
    quoted = grid("""
    编号|说明|数量
    001|含⇥制表|5
    002|普通|6
    """)
    files["带引号制表.xls"] = Chinese(csv_bytes(quoted, "gb18030", "\t"), quoted)
    corner = grid(r"""
    |2020年|||2019年||
    |业务量|收入|单价|业务量|收入|单价
    甲县|12|100|8.3|10|90|9.0
    乙县|8|70|8.8|7|60|8.6
    """)
    pairs_table = [
        ["", "2020年/业务量", "2020年/收入", "2020年/单价", "2019年/业务量", "2019年/收入", "2019年/单价"],
        *corner[2:],
    ]
    files["左上空.csv"] = Chinese(csv_bytes([["对比表"], *corner], "gb18030"), pairs_table)
    files["左上空.xlsx"] = Chinese(
        xlsx([["对比表"], *corner], [(0, 0, 0, 6), (1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 6)]), pairs_table
    )
    return files


def _lists() -> dict[str, Chinese]:
    files: dict[str, Chinese] = {}
    payroll = grid("""
    序号|姓名|身份证号|开户行|账号|金额
    1|张三|220281199001010011|示例银行|6222000000000000001|1200.00
    2|李四|22028119900101002X|示例银行|6222000000000000002|980.50
    合计|||||2180.50
    """)
    files["发放表.xlsx"] = Chinese(
        xlsx(
            [
                ["三月补贴发放表"],
                ["单位（盖章）：", "", "", "", "", "2021年3月31日"],
                *payroll,
                ["负责人：", "", "会计：", "", "出纳：", ""],
            ],
            [(0, 0, 0, 5)],
        ),
        payroll,
    )
    files["发放表.csv"] = Chinese(
        csv_bytes(
            wide(
                [
                    ["三月补贴发放表"],
                    ["单位（盖章）：", "", "", "", "", "2021年3月31日"],
                    *payroll,
                    ["负责人：", "", "会计：", "", "出纳：", ""],
                ]
            ),
            "gb18030",
        ),
        payroll,
    )
    shifts = grid(r"""
    日期|班次|件数|备注
    3月1日|早|120|
    |晚|90|下雨
    3月2日|早|118|
    |晚|95|
    """)
    files["日期只写一次.csv"] = Chinese(csv_bytes(shifts, "gb18030"), shifts)
    assets = grid(r"""
    类别|名称|数量
    一、设备||
    |分拣机|2
    |安检机|5
    二、车辆||
    |货车|8
    合计||15
    """)
    files["分节.xls"] = Chinese(xls([["资产表"], *assets], [(0, 0, 0, 2)]), wide(assets))
    files["分节.csv"] = Chinese(csv_bytes(wide([["资产表"], *assets]), "gb18030"), assets)
    units = grid(r"""
    指标|2021年3月|比上年同月增长
    |万件|%
    快递量|12.3|5.1
    函件|0.2|-12.0
    """)
    files["单位行.xls"] = Chinese(xls(units), [["指标", "2021年3月/万件", "比上年同月增长/%"], *units[2:]])
    files["单位行.csv"] = Chinese(
        csv_bytes(units, "gb18030"), [["指标", "2021年3月/万件", "比上年同月增长/%"], *units[2:]]
    )
    clearing = grid("""
    商户号|终端号|交易时间|交易金额|手续费|清算金额
    898220100000001|00000001|2021-03-05 10:00:00|100.00|0.38|99.62
    898220100000001|00000001|2021-03-05 11:00:00|50.00|0.19|49.81
    笔数：2|||150.00|0.57|149.43
    """)
    files["清算.csv"] = Chinese(
        lines(
            "商户对账单\n商户名称：示例快递,清算日期：20210306\n"
            + "\n".join(map(",".join, clearing[:3]))
            + "\n总笔数：2,总金额：150.00,手续费：0.57\n"
        ),
        clearing[:3],
    )
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><h3>明细</h3><table><tr><td>账号</td><td>6222</td></tr></table><table>'
        + tr("日期", "摘要", "金额", tag="th")
        + tr("2021-03-01", "消费", "-5.00")
        + tr("2021-03-02", "工资", "5,000.00")
        + tr("3*合计：2笔")
        + "</table></body></html>"
    )
    files["两个网页表.xls"] = Chinese(
        page.encode("gb2312"),
        grid("""
    日期|摘要|金额
    2021-03-01|消费|-5.00
    2021-03-02|工资|5,000.00
    """),
    )
    return files
