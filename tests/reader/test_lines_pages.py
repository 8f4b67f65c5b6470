"""Miniature pages, written for this test: every line with what it is expected to be.

Marks: T title, S subtitle, B byline, P body, H heading, C caption, G sign-off, M meta, - furniture.
"""

import pytest

from linli.reader.article import fold
from linli.reader.lines import label
from linli.reader.sources import Source

LABELS = dict.fromkeys("TSBPHCG", "main") | {"M": "meta", "-": "boilerplate"}

PAGES = {
    "government portal": """
- 某县人民政府
- 走进某县
- 政务公开
- 当前位置：首页 > 政务公开 > 部门动态
T 某县举办少数民族流动人口技能培训班
M 发布时间：2021-05-19 09:32 来源：县人社局 浏览次数：
- 字号：[大 中 小]
P 5月18日，某县举办少数民族流动人口技能培训班，来自8个社区的46名学员参加培训。
P 培训班开设面点、家政两个专业，学制12天，考核合格后颁发证书。
- 扫一扫在手机打开当前页
- 【打印本页】 【关闭窗口】
- 上一篇：我县开展消防演练
- 主办：某县人民政府办公室 承办：某县大数据中心
- 网站标识码：6229000001 甘ICP备05000001号""",
    "photo news of two lines": """
- 首页 滚动 国内 社会 财经 体育
T 社区邻里节热闹开场
M 2019年05月13日 08:31 来源：某某新闻网
C 5月12日，居民在邻里节上包粽子。
P 当日，某市河滨社区举办邻里节，各族居民同台演出。李某 摄
M 【编辑：叶某】
- 视频新闻
- 多地迎来降雨
- 关于我们 | 联系我们 | 法律声明""",
    "official document": """
- 您现在的位置：首页 >> 政府文件
M 索 引 号：013000/2020-00123
T 某市人民政府办公厅关于印发互嵌式社区建设任务的通知
B 某政办发〔2020〕11号
P 各区人民政府，市政府各部门：
P 《互嵌式社区建设任务》已经市政府同意，现印发给你们，请认真组织实施。
P 一、总体要求
P （一）工作目标。到2022年底，建成互嵌式社区30个。
G 某市人民政府办公厅
G 2020年5月20日
G （此件公开发布）
- 附件1.任务清单.docx
- 打印 关闭""",
    "one clause a line": """
- 首页 > 正文
T 听社区大姐讲团结故事
M 2021-07-02 来源：某某发布
P 清晨六点
P 社区的灯亮了
P 热心的马大姐
P 带着互助队的姐妹们
P 敲开一扇扇门
P 把热腾腾的早饭送到老人手里
M 编辑：张某
- 阅读原文
- 推荐阅读
- 一图读懂民生实事""",
    "reprint with disclaimers": """
- 您的位置：首页 > 区域经济 >
T 石榴籽驿站里的四点半课堂
M 来源：某日报    编审：    发布时间：2023-08-22 16:13:08
P 下午四点半，社区“石榴籽驿站”里传来朗朗读书声，32名孩子在这里写作业、学画画。
P 社区负责人介绍，课堂开办三年来，累计服务孩子1.1万人次。
- 标签：
- 免责声明：本文来自合作媒体，不代表本站观点，如有侵权请联系删除。
- 最火资讯
- 今日油价调整最新消息
- Copyright @2008-2018 某某网 版权所有""",
    "traditional page below spam": """
- 国产视频在线观看,免费观看中文字幕,开户送彩金,代开发票
- 某某網
- 某某網>>地方頻道
T 金牛社區開展民族團結宣傳月活動
M 2022年10月12日15:17 | 來源：某某網
- 小字號
P 10月11日，社區舉辦宣傳月活動，發放資料800余份，各族群眾踴躍參加。
G （李某某）
M （責編：彭某）
- 分享讓更多人看到
- 返回頂部""",
    "work report below a hijacked list": """
T 凝心聚力谱新篇
S ——某区民族团结进步创建纪实
B 某区日报记者 王某
P 近年来，某区投入资金1200万元，建成示范社区12个，各族群众的日子越过越好。
H 搭平台，聚民心
P 街道设立“一站式”窗口，为流动人口代办事项1300件。
- 上一篇 : 某区人均可支配收入稳步增长
- 下一篇 : 某社区摸排托育需求
- 2024龙年祝福语大全
- 男宝宝取名字(精选756个)""",
    "plain text": """
T 2018年民族工作总结
P 2018年，我区扎实推进创建工作，取得明显成效。
H 一、主要做法
P 建成文化长廊6处
P 组建宣讲队8支
H 二、存在问题
P 一是经验总结不足；二是信息化水平有待提高。""",
}


def rows_of(page):
    return [(line[0], line[2:]) for line in page.strip().split("\n")]


@pytest.mark.parametrize("name", PAGES)
def test_label_sorts_every_line_of_a_page(name):
    marks, rows = zip(*rows_of(PAGES[name]), strict=True)
    text = "\n".join(rows)
    lines = label(Source(text, "text/plain", None, ()), fold(text))
    assert [(row, line.label) for row, line in zip(rows, lines, strict=True)] == [
        (row, LABELS[mark]) for row, mark in zip(rows, marks, strict=True)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_label_names_title_and_subtitle(name):
    marks, rows = zip(*rows_of(PAGES[name]), strict=True)
    text = "\n".join(rows)
    lines = label(Source(text, "text/plain", None, ()), fold(text))
    roles = {"title": "T", "subtitle": "S"}
    found = [roles.get(line.role, "") for line in lines]
    assert found == [mark if mark in "TS" else "" for mark in marks]
