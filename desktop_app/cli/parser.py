"""The arguments of every command, with Chinese help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.cli import commands, comparable, exchange, figures, rules, targets, tracing
from desktop_app.cli.usage import Parser
from desktop_app.models.values import FigureStatus, Month, OutletKind, Period, region_code

if TYPE_CHECKING:
    from desktop_app.cli.commands import CommandAdder

    Subparsers = argparse._SubParsersAction[Parser]  # noqa: SLF001 (argparse gives it no public name)


REPORT_FORMATS = ("pdf", "docx", "xlsx")
REPORT_KINDS = (
    "monthly（月报，也可按季、半年）、brief（一页简报）、annual（年度报告）、rural（快递进村通报）、green（绿色包装通报）、"
    "green-watch（绿色方案监测表）、green-notice（整改通知）、plan（规划监测表）、enterprise（一企一档）、chase（催报单、催报函）、"
    "quality（报送质量通报）、progress（进村进度表）、"
    "gaps（未通村清单）、towns（镇级台账）、villages（村档案）、visits（巡查表）"
)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _region(text: str) -> str:
    try:
        return region_code(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _column(text: str) -> tuple[str, str]:
    head, found, meaning = text.rpartition("=")
    if not found or not head.strip() or not meaning.strip():
        raise argparse.ArgumentTypeError(f"“{text}”要写成 列名=含义，例如 票数=快递业务量 · 件")
    return head.strip(), meaning.strip()


def _status(text: str) -> FigureStatus:
    if text not in set(FigureStatus):
        raise argparse.ArgumentTypeError(f"没有“{text}”这种状态，可用：{'、'.join(FigureStatus)}")
    return FigureStatus(text)


def _outlet_kind(text: str) -> str:
    if text not in set(OutletKind):
        raise argparse.ArgumentTypeError(f"没有“{text}”这种网点，可用：{'、'.join(OutletKind)}")
    return text


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar. ``arguments.run`` is the function that carries the command out."""
    parser = Parser(prog="bureau-ledger", description="邮管台账：县级邮政管理机构的月度台账", add_help=True)
    parser.add_argument("--version", action="version", version=f"邮管台账 {__version__}", help="显示版本")
    parser.add_argument("--db", default="", help="台账文件或数据库地址（也可用环境变量 BUREAU_LEDGER_DB）")
    parser.add_argument("--json", action="store_true", help="在标准输出打印一个 JSON 文档")
    parser.set_defaults(run=None, command="gui")
    subparsers = parser.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    common = Parser(add_help=False)
    # The same options after the command's name; SUPPRESS keeps what was given before it.
    common.add_argument("--db", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)

    def command(name: str, run: commands.Command, text: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, help=text, description=text, parents=[common])
        added.set_defaults(run=run)
        return added

    _ledger_commands(command)
    _register_commands(subparsers, common)
    _import_commands(command)
    _figure_commands(command)
    _other_commands(command)
    _exchange_commands(subparsers, common)
    _tracing_commands(command)
    _comparable_commands(subparsers, common)
    return parser


def _ledger_commands(command: CommandAdder) -> None:
    init = command("init", commands.init, "新建或升级台账")
    init.add_argument("--region", required=True, type=_region, help="区划代码，例如 220281")
    init.add_argument("--name", default="", help="地区名称；名录导入后自动填写")
    init.add_argument("--sample", action="store_true", help="装入示例县的数据")


def _register_commands(subparsers: Subparsers, common: Parser) -> None:
    for name, text, actions in (
        ("regions", "村级名录", {"import": (commands.regions_import, "导入名录（CSV、XLSX）")}),
        (
            "enterprises",
            "企业名录（一企一档）",
            {
                "import": (commands.enterprises_import, "导入企业名录"),
                "list": (commands.enterprises_list, "列出企业"),
            },
        ),
        ("outlets", "网点名录（用 import 导入）", {"list": (commands.outlets_list, "列出网点")}),
    ):
        group = subparsers.add_parser(name, help=text, description=text)
        inner = group.add_subparsers(dest="action", metavar="动作", required=True, parser_class=Parser)
        for action, (run, action_text) in actions.items():
            added = inner.add_parser(action, help=action_text, description=action_text, parents=[common])
            added.set_defaults(run=run)
            if action == "import":
                added.add_argument("file", type=Path)
            if (name, action) == ("enterprises", "import"):
                added.add_argument("--accept-warnings", metavar="说明", default="", help="接受提示并写明原因")
            if name == "outlets":
                added.add_argument("--company", default="", help="只列一家企业的")
                added.add_argument(
                    "--kind", type=_outlet_kind, metavar="类型", help=f"只列一种：{'、'.join(OutletKind)}"
                )
            if name == "regions":
                added.add_argument(
                    "--from", dest="month", type=_month, help="自哪个月起（默认本月；首次导入视为一直如此）"
                )


def _exchange_commands(subparsers: Subparsers, common: Parser) -> None:
    groups: dict[str, argparse._SubParsersAction[Parser]] = {}

    def add(group: str, action: str, run: commands.Command, text: str) -> argparse.ArgumentParser:
        if group not in groups:
            text_of_group = {**exchange.GROUPS, **rules.GROUPS}[group]
            made = subparsers.add_parser(group, help=text_of_group, description=text_of_group)
            groups[group] = made.add_subparsers(dest="action", metavar="动作", required=True, parser_class=Parser)
        added = groups[group].add_parser(action, help=text, description=text, parents=[common])
        added.set_defaults(run=run)
        return added

    exchange.add_grammar(add, _month)
    rules.add_grammar(add)


def _tracing_commands(command: CommandAdder) -> None:
    trace = command("trace", tracing.trace, "此数从何来：公式、组成、版本、文件和行")
    trace.add_argument("code", help="指标代码，例如 MKT.VOL")
    trace.add_argument("--period", required=True, type=_period)
    trace.add_argument("--to-date", action="store_true", help="从一月累计到这个月")
    trace.add_argument("--subject", default="", help="企业名称或编号、乡镇或村的代码")
    trace.add_argument("--definition", default="", help="通达率的口径：any、direct、major 或品牌个数")
    trace.add_argument("--region", type=_region)
    definitions = command("definitions", tracing.definitions, "口径对比：同一件事按各个口径算出的数")
    definitions.add_argument("code", help="指标代码，例如 RUR.REACH")
    definitions.add_argument("--period", required=True, type=_period)


def _comparable_commands(subparsers: Subparsers, common: Parser) -> None:
    text = "可比口径：同比用的上年同期可比数"
    group = subparsers.add_parser("comparable", help=text, description=text)
    inner = group.add_subparsers(dest="action", metavar="动作", required=True, parser_class=Parser)
    setting = inner.add_parser("set", help="录入可比数", description="录入可比数", parents=[common])
    setting.set_defaults(run=comparable.comparable_set)
    setting.add_argument("code", help="指标代码，例如 MKT.VOL")
    setting.add_argument("--period", required=True, type=_period, help="算哪一期的同比：2024-Q1、2024-03、2024")
    setting.add_argument("--value", required=True, help="上年同期的可比数，例如 296.4亿件")
    setting.add_argument("--reason", required=True, help="原因")
    setting.add_argument("--region", type=_region)
    listing = inner.add_parser("list", help="列出可比数", description="列出可比数", parents=[common])
    listing.set_defaults(run=comparable.comparable_list)


def _import_commands(command: CommandAdder) -> None:
    inspect = command("inspect", commands.inspect, "看一个文件会怎样读，不导入")
    inspect.add_argument("file", type=Path)
    inspect.add_argument("--sheet", help="工作表名")
    inspect.add_argument("--encoding", help="文本文件的文字编码，例如 gb18030；不填则自动识别")
    inspect.add_argument("--password", help="有密码的工作簿的密码")
    inspect.add_argument("--join", default="/", help="多行表头名称之间的分隔符")
    inspect.add_argument("--csv", type=Path, help="把读出的表写成规范的 CSV")
    imports = command("import", commands.import_files, "导入企业报表、进村表、绿色包装表等")
    imports.add_argument("files", nargs="+", type=Path, metavar="FILE")
    imports.add_argument("--company", help="企业名称（文件里认不出时）")
    imports.add_argument("--period", type=_month, help="月份，例如 2021-03（文件里认不出时）")
    imports.add_argument("--region", type=_region, help="区划代码")
    imports.add_argument("--status", type=_status, metavar="状态", help=f"数据状态：{'、'.join(FigureStatus)}")
    imports.add_argument("--sheet", help="工作表名")
    imports.add_argument("--encoding", help="文本文件的文字编码，例如 gb18030；不填则自动识别")
    imports.add_argument("--password", help="有密码的工作簿的密码")
    imports.add_argument("--profile", help="读表方案的名称或编号")
    imports.add_argument(
        "--column",
        metavar="列名=含义",
        action="append",
        default=[],
        type=_column,
        help="某一列是什么，可重复，例如 票数=快递业务量 · 万件；不要的列写 跳过；列名也可写 第3列",
    )
    imports.add_argument("--dry-run", action="store_true", help="只核对，不入库")
    imports.add_argument(
        "--accept-repairs",
        metavar="说明",
        default="",
        help="单位写错的格子，企业已确认的，按提示的单位读（原文件不动），写明怎样确认的",
    )
    imports.add_argument("--accept-warnings", metavar="说明", default="", help="接受提示并写明原因")
    undo = command("undo", commands.undo, "撤销一次导入")
    undo.add_argument("batch", type=int, metavar="批次号")
    undo.add_argument("--reason", default="", help="原因")
    undo.add_argument("--dry-run", action="store_true", help="只看会牵连什么，不撤销")
    command("batches", commands.batches, "列出导入批次")


def _figure_commands(command: CommandAdder) -> None:
    indicator = command("indicator", figures.indicator, "一个指标及其同比、环比、累计、比重")
    indicator.add_argument("code", help="指标代码，例如 MKT.VOL")
    indicator.add_argument("--period", required=True, type=_period, help="2021-03、2021-Q1、2021-H1 或 2021")
    indicator.add_argument("--by", choices=["enterprise", "region", "month"], default="")
    indicator.add_argument("--from", dest="first", type=_month)
    indicator.add_argument("--to", dest="last", type=_month)
    indicator.add_argument("--region", type=_region)
    coverage = command("coverage", figures.coverage, "快递进村：某月的通达情况")
    coverage.add_argument("--period", required=True, type=_month)
    coverage.add_argument("--definition", default="any", help="any、direct、major 或品牌个数")
    coverage.add_argument("--by", choices=["town", "brand", "mode"], default="")
    coverage.add_argument("--gaps", action="store_true", help="列出未通村")
    green = command("green", figures.green, "绿色包装：方案各条与目标")
    green.add_argument("--period", required=True, type=_period)
    green.add_argument("--programme", help="方案代码，例如 9792")
    green.add_argument("--by", choices=["enterprise", "outlet"], default="")
    register = command("targets", targets.targets, "目标登记：进度和文件之间的矛盾")
    register.add_argument("--period", type=_period, help="2021-03；不写则为当前月份")
    register.add_argument("--conflicts", action="store_true", help="只列互相矛盾的目标和公布数")
    source = register.add_mutually_exclusive_group()
    source.add_argument("--text", help="从句子里认目标，并列出没有认出的话")
    source.add_argument("--sheet", type=Path, help="由表格认目标")
    register.add_argument("--document", default="", help="文件名称，例如 本局2021年工作要点")
    register.add_argument("--clause", default="", help="条款（和 --text 同用）")
    register.add_argument("--year", type=int, help="句中、表中没有写年份时用；不写则为当前年份")
    register.add_argument("--enter", action="store_true", help="认出后登记；不写只看不存")
    register.add_argument(
        "--words",
        type=int,
        nargs="*",
        metavar="序号",
        help="和 --text --enter 同用：没有登记的话照原文登记成文字目标；不写序号则登记其中没有数的",
    )
    duties = command("duties", figures.duties, "企业报送情况")
    duties.add_argument("--period", required=True, type=_month)


def _other_commands(command: CommandAdder) -> None:
    report = command("report", commands.report, "打印报表")
    report.add_argument("kind", help=REPORT_KINDS)
    report.add_argument("--period", required=True, type=_period)
    report.add_argument("--format", choices=REPORT_FORMATS, help="不写则看文件名的后缀")
    report.add_argument("--edition", default="internal", choices=["internal", "upward", "public"])
    report.add_argument("-o", "--output", required=True, type=Path)
    backup = command("backup", commands.backup, "备份台账并校验")
    backup.add_argument("folder", nargs="?", type=Path)
    restore = command("restore", commands.restore, "用备份恢复台账")
    restore.add_argument("file", type=Path)
    command("check", commands.check, "检查台账：完整性、审计链、控制数")
    command("self-test", commands.self_test, "自检：临时台账 → 示例 → 指标 → PDF → 图")
    command("gui", commands.gui, "打开窗口")
