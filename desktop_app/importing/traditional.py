"""Tables in traditional characters (繁体字): read as if they were in simplified ones, shown as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from desktop_app.importing.grid import RawSheet

_PAIRS = (
    "業业務务單单數数計计遞递國国際际異异臺台灣湾營营額额萬万億亿標标準准稱称貨货費费運运輸输郵邮電电訊讯號号碼码時时"
    "間间報报幣币圓圆員员個个們们點点總总體体門门閱阅開开關关類类別别產产業业銷销貿贸購购買买賣卖價价貴贵賬账賠赔"
    "償偿責责資资質质負负債债財财貢贡貧贫質质賦赋賺赚贈赠贊赞錢钱銀银鐵铁鋼钢鎮镇鄉乡縣县區区廳厅廠厂廣广莊庄"
    "莊庄園园圍围圖图團团東东車车軍军輛辆輕轻較较載载輪轮轉转轄辖連连進进遠远邊边還还這这過过達达選选適适遺遗遲迟"
    "龍龙龜龟風风飛飞飯饭飲饮館馆馬马騎骑驗验驛驿驚惊魚鱼鮮鲜鳳凤鳥鸟鴨鸭鵝鹅鷄鸡雞鸡鹽盐麥麦黃黄齊齐齒齿"
    "樓楼樹树橋桥機机檔档檢检欄栏權权歲岁歷历曆历殘残殼壳氣气漢汉滿满漁渔潔洁濟济濱滨瀋沈灘滩無无煙烟熱热燈灯"
    "爐炉爭争牆墙獎奖獨独獲获環环現现瑪玛畝亩畢毕畫画當当療疗發发監监盤盘盡尽眾众礦矿礎础祿禄禮礼種种穀谷積积穩稳"
    "窮穷競竞筆笔節节範范築筑簡简簽签籌筹籃篮糧粮約约級级紅红納纳純纯紙纸紡纺細细終终組组結结絕绝給给絲丝經经綜综"
    "綠绿維维網网緊紧線线練练緣缘編编縮缩總总績绩織织續续罰罚罷罢義义習习聖圣聯联聲声職职聽听肅肃腦脑臨临興兴舉举"
    "舊旧艙舱藝艺薦荐藥药蘇苏蘭兰處处虛虚蟲虫補补裝装製制複复規规視视覺觉觀观觸触訂订訓训記记設设許许訴诉診诊"
    "評评詢询試试詩诗話话該该詳详認认語语誤误說说課课調调談谈請请論论諸诸證证譽誉讀读變变讓让賓宾賣卖賽赛趙赵"
    "趕赶蹟迹躍跃農农遷迁鄧邓鄭郑鄰邻醫医釋释裏里鉅巨鈔钞鉛铅銅铜銘铭鋒锋錄录錦锦鍋锅鍵键鏈链鏡镜鐘钟長长"
    "閉闭閒闲閩闽閣阁闊阔闆板陝陕陣阵陰阴陳陈陸陆陽阳隊队階阶隨随險险隱隐雙双雜杂離离難难雲云靈灵靜静頁页頂顶項项"
    "順顺須须預预頓顿領领頭头頻频題题額额顏颜願愿顧顾顯显養养餘余駐驻駕驾騰腾髮发鬥斗鬧闹麗丽麵面點点黨党"
    "並并亞亚亂乱來来俠侠倉仓側侧偉伟備备傑杰傳传傷伤傾倾僅仅僑侨價价儀仪儘尽優优儲储內内兩两冊册凍冻則则剛刚創创"
    "劃划劇剧劉刘動动勞劳勝胜勢势勵励匯汇協协卻却厭厌參参叢丛吳吴員员問问啟启喬乔喪丧單单嚴严圍围執执堅坚報报場场"
    "塊块塗涂塵尘墊垫墳坟壓压壞坏壽寿夢梦夾夹奪夺奮奋婦妇媽妈孫孙學学寧宁實实審审寫写寬宽寶宝將将專专尋寻對对導导"
    "屆届屬属岡冈島岛峽峡嶺岭帥帅師师帳帐帶带幫帮幹干幾几庫库廟庙廢废張张強强彈弹彙汇後后徑径從从復复愛爱態态慶庆"
    "憑凭應应懷怀戰战戲戏戶户拋抛捨舍掃扫採采換换揚扬損损搶抢擇择擊击擔担據据擴扩攜携攝摄敗败敵敌斷断昇升"
    "暢畅暫暂曉晓會会東东條条楊杨榮荣構构槍枪樂乐樣样橫横檯台歡欢歐欧歸归殺杀決决沒没沖冲況况洩泄涼凉淚泪淨净淺浅"
    "減减測测湯汤溝沟準准滅灭滬沪漲涨潤润濕湿灣湾營营燒烧爺爷牽牵犧牺狀状獄狱獻献畝亩異异疊叠痲麻癥症"
    "盧卢睜睁瞭了碩硕確确磚砖祕秘禪禅稅税竈灶籤签糾纠紀纪紋纹級级紹绍統统絡络繫系繳缴繼继纖纤罈坛羅罗羨羡聞闻"
    "脅胁脈脉脫脱腫肿膠胶臉脸與与艦舰艱艰莖茎華华葉叶蓋盖蔣蒋蕭萧薩萨藍蓝衆众術术衛卫袞衮裡里褲裤覽览"
    "訪访詞词誠诚誰谁諒谅謀谋謝谢謹谨譯译議议護护豐丰豬猪貝贝販贩貫贯賀贺賴赖贏赢跡迹踐践軌轨軟软轟轰辦办辭辞"
    "郟郏鄔邬釣钓鈴铃銳锐錯错鍛锻鎖锁鏢镖鑄铸鑒鉴針针閘闸閤合闢辟隸隶霧雾韓韩響响頸颈顛颠類类颱台飾饰飽饱"
)
_SIMPLE = {ord(_PAIRS[at]): _PAIRS[at + 1] for at in range(0, len(_PAIRS), 2) if _PAIRS[at] != _PAIRS[at + 1]}
_ONLY_SIMPLE = frozenset(char for char in _SIMPLE.values() if not char.encode("big5", "ignore"))
"""Simplified characters that no traditional text has."""
_SAMPLE_LINES = 60
_LEAST = 4

TOLD = "文件用的是繁体字：列名、指标和名称按简体认，原文不改"


def is_traditional(sheet: RawSheet) -> bool:
    """Whether the first lines are written in traditional characters; a stray one (a name) does not make it so."""
    traditional = simple = 0
    for char in _letters(sheet):
        traditional += ord(char) in _SIMPLE
        simple += char in _ONLY_SIMPLE
    return traditional >= _LEAST and traditional > simple


def _letters(sheet: RawSheet) -> Iterator[str]:
    for row in islice((row for row in sheet.rows if any(row)), _SAMPLE_LINES):
        for cell in row:
            if not cell.isascii():
                yield from cell[:100]


def simplified(sheet: RawSheet) -> RawSheet:
    """The sheet in simplified characters."""
    return replace(sheet, rows=tuple(tuple(cell.translate(_SIMPLE) for cell in row) for row in sheet.rows))
