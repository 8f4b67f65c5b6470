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
    "kicker above the headline": """
- A06 民生 2017年9月13日 星期三
- 上一版 下一版
S 建成社区食堂23家，惠及老人5600余名
T 小饭桌托起“大民生”
B □本报记者 冯某 通讯员 李某
P 中午11点半，社区食堂飘出饭菜香，82岁的赵奶奶端着餐盘，两荤一素一汤只花了8元钱。
P 市民政局负责人表示，年底前社区食堂将增至40家。
- 版面导航
- A01 要闻""",
    "links without a heading below clauses": """
- 首页>街道动态>正文
T 粽叶飘香，邻里情长
M 来源：某街道 2022-06-03
P 一片粽叶
P 包裹着浓浓的乡愁
P 一根棉线
P 牵起了邻里的情谊
P 折叶、填米、捆扎
P 不一会儿
P 粽子就堆满了竹篮
- 某街道开展燃气安全检查
- 某街道召开党建联席会议
- 我为群众办实事：修好一盏灯
- 关于端午假期值班安排的通知
- Copyright © 某街道办事处""",
    "unknown tools round a short article": """
- 首页 > 新闻 > 部门
T 区司法局开展元宵普法宣传
M 2023-02-14 发布人：区司法局
- 大字版 语音版
- 切换夜色外观
P 2月13日，区司法局组织普法志愿者在人民广场开展元宵普法宣传活动。
P 活动现场发放资料500余份，解答咨询60余人次。
- 智能问答
- 我要咨询
- 党政机关
- 政府网站找错""",
    "short notice with a sign-off": """
- 当前位置：首页 > 通知公告
T 停水公告
M 来源：区自来水公司 发布时间：2021-11-30
P 尊敬的用户：
P 因主管道改造，定于12月2日8:00至18:00对以下区域停水，请提前做好储水准备。
P 停水区域：云中路以南、友爱路以西
P 咨询电话：0730-8412000
P 特此公告
G 某区自来水公司
G 2021年11月30日
- 扫一扫在手机打开当前页""",
    "catalogue table and task table": """
- 您现在的位置：首页 > 政策文件
M 索引号：
M 11330205002956/2019-00122
M 发布机构：
M 区政府办公室
M 发布日期：
M 2019-06-28
T 某区人民政府办公室关于印发老旧小区改造方案的通知
P 各街道办事处，区直各单位：
P 《某区老旧小区改造方案》已经区政府审议通过，现印发给你们，请认真贯彻执行。
P （一）加强组织领导
P 序号
P 小区名称
P 1
P 白沙新村
- 附件：改造方案.pdf
- 【打印本页】【关闭窗口】""",
    "teasers above, comments below": """
- 首页 要闻 国内 国际 评论 教育
- 跨江大桥主体工程合龙
- 历时三年建设，跨江大桥昨日实现主体合龙，预计明年6月建成通车。[详细]
- 某某新闻网 > 文化 > 正文
T 城市书房点亮夜生活
M 2019-07-18 06:52 | 来源：某某日报 | 作者：蔡某
P 晚上九点半，城市书房灯火通明，高三学生小林合上习题册，又取下一本小说。
P “家门口就有。”她说。
M 责任编辑：叶某
- 网友评论
- 真的很方便，孩子放学就去，希望多开几家，最好再增加一些少儿读物。""",
    "repost with credits and a hijacked end": """
- 首页 > 微信公众号文章
T 夜色里的红马甲
M 日期：2022-11-03 18:22:07 来源：某街道 浏览：
- |
- 点击蓝字 关注我们
P 凌晨两点
P 检测点的灯还亮着
P 志愿者小唐跺了跺脚
P 把最后一箱物资搬上三轮车
P 累计服务时长超11万小时
P 致敬！
- END
M 文字：小周 图片：老马 编辑：阿林
- 推荐：比分网即时走地，最新版注册送38元彩金，欢迎体验。""",
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
