"""What stands around a quoted phrase when it is a name, and when it is only a mood or an honour.

Patterns named BEFORE are searched in the characters before the opening mark, the others are matched
behind the closing one.
"""

import re

_NOUNS = """
活动 工程 行动 模式 项目 品牌 机制 平台 试点 样板 标准 主渠道 渠道 地标 公园 簇群 工作法 计划 课堂 讲堂 学堂 讲坛 论坛 专栏 栏目 专题
主题 系列 大赛 竞赛 比赛 展演 展览 晚会 文化节 节会 宣传月 宣传周 教育 创建 走廊 示范 阵地 基地 特色 做法 办法 体系 制度 格局 服务 治理
热线 目标任务 战略 载体 联盟 党建 志愿 驿站 广场 长廊 工作室 小程序 公众号 专线 专列 夏令营 冬令营 研学 口袋书 读本 手册 画册 视频
微电影 歌曲 节目 舞蹈 专辑 群体 队伍 团队 一条街 书屋 展厅 小区 楼院 文明户 指数 地图 套餐 礼包 新格局 街区 集市 市集 产业 经验 路径
法则 理论 特点 品质 五进 要求 之家 家园 宣讲队 宣讲团 标识 媒体 工坊 站点 中心 应用 帮扶 责任制
"""
_NOUNS_AT_ONCE = """
工程 行动 计划 项目 品牌 活动 工作法 模式 课堂 讲堂 讲坛 服务站 工作室 志愿 之家 家园 班会 平台 宣讲 主题 调解室
警务室 工作站 食堂 驿站 服务队 宣讲队 宣讲团 责任制 广场 长廊 一条街
"""
_LIKENESSES = "标准 模式 工作法 方法 办法 做法 品牌 工程 活动 项目 行动 思路 路子 机制 路径"
_MOODS = """
氛围 理念 愿景 境界 生动 情怀 美德 传统 风尚 风气 意识 观念 共识 关系 状态 态势 精神 思想 良好 浓厚 道理 称号 荣誉 特征 结构 重要 信念
决心 姿态 作用 转变 难题 问题 原则 方针 初心 桥梁 纽带 环境 面貌 景象 画卷 图景
"""
_THEMES = "主题 主线 抓手 载体 引领 牵引 目标 主旨 口号 中心 平台 品牌 依托 代表 思路"
_NAMING_VERBS = """
打造 创建 创办 开展 举办 实施 推行 推进 启动 探索 构建 建立 创新 推出 组织 做好 培育 创设 开设 深化 擦亮 做强 叫响 形成 提出 依托 落实 践行
推广 总结 提炼 设立 成立 制定 争创 申报 评选 编排 创作 唱响 深入 常态化 主题 题为 名为 称为 紧扣 围绕 坚持 按照 树牢 增强 做到 坚定
"""
_VERBS_AT_ONCE = """
通过 采取 采用 运用 突出 选树 编印 发放 组建 编写 制作 拍摄 建成 搭建 打响 开通 设置 表彰 涌现 用好 建设 抓好 完善 优化 升级 开辟 编制 发布
征集 争做 争当 入选 健全 开播 推介 宣传 选送 参加 参与 讲好 上好 命名 创树 拓展 用活 抓实 共筑 共建 固化 每月 每年 定期
"""
_HONOURS = """
授予 表彰为 命名为 评为 评定为 认定为 确定为 荣获 获得 获评 斩获 誉为 享有 称为 荣膺 获 被评
"""


def _any(words: str) -> str:
    """Return a pattern for one of `words`; their first characters alone turn most places away."""
    listed = sorted(words.split(), key=len, reverse=True)
    firsts = "".join(sorted({word[0] for word in listed}))
    return f"(?=[{firsts}])(?:{'|'.join(listed)})"


NAMED = re.compile(
    rf"(?!的|为|和|与|、|,|。|;|等?的|助力|带动|推动|促进|赋能|点亮|照亮)[^,。;、“”:]{{0,20}}?{_any(_NOUNS)}"
    rf"|的[^,。;、“”的]{{0,8}}{_any(_LIKENESSES)}"
)
THEME = re.compile(rf"(?:为|作为|这[一个]{{1,2}}|的?)(?:活动|工作)?{_any(_THEMES)}")
MOOD = re.compile(
    rf"的[^,。;、“”]{{0,8}}(?:局面|格局|体制|框架)|的?[^,。;、“”]{{0,8}}{_any(_MOODS)}"
)
NOUN_AT_ONCE = re.compile(rf"[^,。;、“”的]{{0,4}}{_any(_NOUNS_AT_ONCE)}")
COUNTED = re.compile(r"[0-9]{1,4}[余多]?[个家所处支座间本期场次名条户块]")
LANDMARK = re.compile(r"[^,。;、“”]{0,8}(?:地标|公园|簇群|广场|街区|长廊)")
SLOGAN = re.compile(r"(?:为|的)?(?:目标任务|主题|口号|特点|主线)")
VERB_BEFORE = re.compile(
    rf"{_any(_NAMING_VERBS)}(?:了|的|以)?[^,。;、“”:《》]{{0,8}}$"
    rf"|[一二三四五六七八九十]是$|{_any(_VERBS_AT_ONCE)}了?(?:一批|系列|首个|个|[全各][省市区县]|[村镇市区省]级)?$"
)
HONOUR_BEFORE = re.compile(
    rf"{_any(_HONOURS)}[^,。;“”]{{0,10}}$|[让使][^,。;“”]{{1,10}}$|呈现出?了?$"
)
SPOKEN_ENDS = frozenset("说道示出调为赞问慨忆绍:,")
"""Each character that SPOKEN_BEFORE may end with."""
SPOKEN_BEFORE = re.compile(
    r"(?:说|(?<![街通渠轨赛隧])道|表示|指出|强调|认为|称赞|问|写道|感慨|回忆|介绍)[:,]?$|:$"
)
