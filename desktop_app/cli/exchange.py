"""``profiles``, ``returns`` and ``templates``: one function per action, and their grammar."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.models.values import Month
    from desktop_app.services.results.profiles import MappingProfile

    AddAction = Callable[[str, str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

GROUPS = {"profiles": "读表方案（企业报表的列各是什么）", "returns": "退回表", "templates": "空白模板"}


def add_grammar(add: AddAction, month: Callable[[str], Month]) -> None:
    """Enter the actions; ``add`` takes group, action, function and help, ``month`` reads 2021-03."""
    add("profiles", "list", profiles_list, "列出方案")
    add("profiles", "show", profiles_show, "看一个方案").add_argument("name", help="名称或编号")
    renaming = add("profiles", "rename", profiles_rename, "改名")
    renaming.add_argument("name", help="名称或编号")
    renaming.add_argument("new", help="新名称")
    setting = add("profiles", "set", profiles_set, "说明某一列是什么")
    setting.add_argument("name", help="名称或编号")
    setting.add_argument("column", metavar="列名=含义", help="例如 票数=快递业务量 · 万件；不要的列写 跳过")
    add("profiles", "delete", profiles_delete, "删去方案").add_argument("name", help="名称或编号")
    exporting = add("profiles", "export", profiles_export, "导出成文件，给别的单位用")
    exporting.add_argument("names", nargs="*", help="名称或编号；不写就是全部")
    exporting.add_argument("-o", "--output", required=True, type=Path)
    add("profiles", "import", profiles_import, "导入方案文件").add_argument("file", type=Path)
    returning = add("returns", "make", returns_make, "做退回表：企业的原表，标出问题")
    returning.add_argument("file", type=Path)
    returning.add_argument("-o", "--output", required=True, type=Path, help="退回表（.xlsx）")
    returning.add_argument("--pdf", type=Path, help="另印一张退回单")
    returning.add_argument("--reason", default="", help="退回原因，写进退回表和退回单")
    returning.add_argument("--company", help="企业名称（文件里认不出时）")
    returning.add_argument("--sheet", help="工作表名")
    returning.add_argument("--password", help="工作簿密码")
    returning.add_argument("--profile", help="读表方案")
    returning.add_argument("--period", type=month, help="月份")
    making = add("templates", "make", templates_make, "做空白模板")
    making.add_argument("--company", required=True, help="企业名称；写 全部 则每家一份，-o 为文件夹")
    making.add_argument("--period", required=True, type=month)
    making.add_argument("--form", default="", help="表式代码，例如 FORM.2.1")
    making.add_argument("-o", "--output", required=True, type=Path)


# ----------------------------------------------------------------------------------------------- profiles


def _data(profile: MappingProfile) -> dict[str, object]:
    layout = profile.layout
    return {
        "id": profile.id,
        "name": profile.name,
        "company": profile.enterprise_name or None,
        "kind": profile.kind.value,
        "uses": profile.uses,
        "header_rows": layout.header_rows,
        "unit": layout.unit or None,
        "sheet": layout.sheet or None,
        "columns": [{"head": c.head, "meaning": c.meaning, "fixed": c.fixed} for c in layout.columns],
    }


def profiles_list(arguments: argparse.Namespace) -> int:
    """``profiles list``."""
    from desktop_app.services.profiles import list_profiles

    with closing(opened(arguments)) as ledger:
        found = list_profiles(ledger)
    rows = [[str(p.id), p.name, p.enterprise_name or "多家企业", p.kind.label, str(p.uses)] for p in found]
    emit(arguments, [_data(p) for p in found], table(["编号", "方案", "企业", "种类", "用过"], rows))
    return 0


def profiles_show(arguments: argparse.Namespace) -> int:
    """``profiles show``."""
    from desktop_app.services.profiles import show

    with closing(opened(arguments)) as ledger:
        profile = show(ledger, arguments.name)
    _print(arguments, profile)
    return 0


def _print(arguments: argparse.Namespace, profile: MappingProfile) -> None:
    rows = [[c.head, c.meaning, "人工指定" if c.fixed else ""] for c in profile.layout.columns]
    title = f"方案“{profile.name}”：{profile.enterprise_name or '多家企业'}，{profile.kind.label}"
    emit(arguments, _data(profile), f"{title}\n{table(['列名', '含义', ''], rows)}")


def profiles_rename(arguments: argparse.Namespace) -> int:
    """``profiles rename``."""
    from desktop_app.services.profiles import rename

    with closing(opened(arguments)) as ledger:
        profile = rename(ledger, arguments.name, arguments.new)
    emit(arguments, _data(profile), f"已改名为“{profile.name}”。")
    return 0


def profiles_set(arguments: argparse.Namespace) -> int:
    """``profiles set``."""
    from desktop_app.services.profiles import settle_column

    head, found, meaning = arguments.column.rpartition("=")
    if not found or not head.strip() or not meaning.strip():
        raise UserError("要写成 列名=含义", hint="例如 票数=快递业务量 · 件")
    with closing(opened(arguments)) as ledger:
        profile = settle_column(ledger, arguments.name, head.strip(), meaning.strip())
    _print(arguments, profile)
    return 0


def profiles_delete(arguments: argparse.Namespace) -> int:
    """``profiles delete``."""
    from desktop_app.services.profiles import delete

    with closing(opened(arguments)) as ledger:
        profile = delete(ledger, arguments.name)
    emit(arguments, {"deleted": profile.name}, f"已删去方案“{profile.name}”。")
    return 0


def profiles_export(arguments: argparse.Namespace) -> int:
    """``profiles export``."""
    from desktop_app.services.profiles import export_profiles

    with closing(opened(arguments)) as ledger:
        found = export_profiles(ledger, arguments.names, arguments.output)
    names = [profile.name for profile in found]
    emit(arguments, {"file": str(arguments.output), "profiles": names}, f"已导出 {len(names)} 个方案。")
    return 0


def profiles_import(arguments: argparse.Namespace) -> int:
    """``profiles import``."""
    from desktop_app.services.profiles import import_profiles

    with closing(opened(arguments)) as ledger:
        found = import_profiles(ledger, arguments.file)
    emit(arguments, [_data(p) for p in found], f"已导入 {len(found)} 个方案：{'、'.join(p.name for p in found)}。")
    return 0


# ----------------------------------------------------------------------------------------------- to companies


def returns_make(arguments: argparse.Namespace) -> int:
    """``returns make``: status 1 when there is nothing to return."""
    from desktop_app.services import imports
    from desktop_app.services.results.imports import ImportOptions
    from desktop_app.services.returns import make_return

    options = ImportOptions(
        company=arguments.company,
        month=arguments.period,
        sheet=arguments.sheet,
        password=arguments.password,
        profile=arguments.profile,
    )
    with closing(opened(arguments)) as ledger:
        preview = imports.preview_file(ledger, arguments.file, options)
        made = make_return(ledger, preview, arguments.output, arguments.pdf, reason=arguments.reason, options=options)
    emit(
        arguments,
        {
            "file": str(made.workbook),
            "pdf": str(made.pdf) if made.pdf else None,
            "pages": made.pages,
            "errors": made.errors,
            "warnings": made.warnings,
            "company": made.company or None,
            "period": made.period or None,
        },
        f"退回表已写到 {made.workbook}：错误 {made.errors} 处，疑问 {made.warnings} 处。"
        + (f"退回单 {made.pdf}，{made.pages} 页。" if made.pdf else ""),
    )
    return 0


def templates_make(arguments: argparse.Namespace) -> int:
    """``templates make``."""
    from desktop_app.services.returns import make_template, make_templates

    with closing(opened(arguments)) as ledger:
        if arguments.company in {"全部", "all"}:
            made = make_templates(ledger, arguments.period, arguments.output)
        else:
            made = (make_template(ledger, arguments.company, arguments.period, arguments.output, arguments.form),)
    data = [{"file": str(m.workbook), "form": m.form, "company": m.company, "period": m.period} for m in made]
    emit(arguments, data, "\n".join(f"{m.company} {m.period}：{m.workbook}" for m in made))
    return 0
