"""Programme names and slogans, told from figures of speech."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader import brands, documents
from tests.reader.articles import article


def read(text):
    made = article(text)
    return brands.find(made, documents=documents.find(made))


def found(text):
    return [brand.surface for brand in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进社区、进学校、进企业“三进”主渠道", ["三进"]),
        ("演讲、征文、书画“三+N”宣传教育活动", ["三+N"]),
        ("实施“双联双促”帮扶行动", ["双联双促"]),
        ("紧扣“邻里一家亲、同心共筑梦”目标任务", ["邻里一家亲、同心共筑梦"]),
        ("每年举办“邻里服务宣传月”活动", ["邻里服务宣传月"]),
        ("在学校开展“邻里第一课”、主题班会", ["邻里第一课"]),
        ("增进“五个认同”和公民意识", ["五个认同"]),
        ("把创建列入“一把手”工程", ["一把手"]),
        ("打造“公路零公里界碑”邻里地标", ["公路零公里界碑"]),
        ("按照“易进入、可参与、能共享”的标准", ["易进入、可参与、能共享"]),
        ("打造“改旧”新样板", ["改旧"]),
        ("“河畔九里”公园簇群", ["河畔九里"]),
        ("构建“2+x”模式，建立“4+4”协调机制", ["2+x", "4+4"]),
        ("面向群众“五开放”，助力融合", ["五开放"]),
        ("教育提升、医疗保障、就业促进“三大行动”", ["三大行动"]),
        ("呈现“大流动、大融居”特点", ["大流动、大融居"]),
        ("推行街道“大工委”制", ["大工委"]),
        ("简化“六步走”流程，聚焦“五必访”", ["六步走", "五必访"]),
        ("促进职工“三交”", ["三交"]),
        ("一是“多维联动”聚合力", ["多维联动"]),
        ("落实“一把手”责任制", ["一把手"]),
        (
            "参加“少数民族流动人员国家通用语言文字提高培训班”学习",
            ["少数民族流动人员国家通用语言文字提高培训班"],
        ),
        ("以“立足社区、突出服务”为工作思路", ["立足社区、突出服务"]),
        (
            "围绕“服务同质、保障同权、家园同建、和谐同创、成果同享”抓落实",
            ["服务同质、保障同权、家园同建、和谐同创、成果同享"],
        ),
        ("探索“13106”工作法", ["13106"]),
        ("总结出“5464”服务经验", ["5464"]),
        (
            "建设总面积为七千平方米的“河畔县慢性病康复中心建设项目”",
            ["河畔县慢性病康复中心建设项目"],
        ),
        ("开办「同心四點半」課堂", ["同心四點半"]),
        ('实施"暖心"工程', ["暖心"]),
        ("擦亮“海丝文化”“港口文化”“守护地”等城市标识", ["海丝文化", "港口文化", "守护地"]),
        ("扎实推进七进活动，巩固三个离不开思想", ["七进", "三个离不开"]),
        ("形成13106工作法和1+1+3产业体系", ["13106", "1+1+3"]),
        ("以“共同奋斗、共同繁荣”为主题", ["共同奋斗、共同繁荣"]),
    ],
)
def test_finds_names_of_programmes(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "人口呈现“大分散”特征",
        "秉持“重在平时、重在交心、重在行动”的理念",
        "画出创建的“时间表”“路线图”",
        "营造“像石榴籽那样紧紧抱在一起”的浓厚氛围",
        "营造“手足相亲、守望相助”的浓厚氛围",
        "从空间“嵌入”向文化“嵌入”迈进",
        "形成“党委统一领导、部门协调配合、街道属地管理、社区具体落实、群众广泛参与”的创建体制",
        "当好“娘家人”，织密“一张网”",
        "居民说：“社区就是我的家。”",
        "纳入“十三五”规划和“十四五”规划",
        "按照“教育、管理、引导、服务”四位一体的要求",
        "《关于开展“七进”活动的通知》",
        "推进工作，前进一步，比去年增加4+倍",
        "2019年投入112.5万元，占4.2%",
        "“没有结尾的引号",
    ],
)
def test_finds_none_in_figures_of_speech(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打造“示范机关”“示范企业”“示范社区”等一批示范点", ["示范机关", "示范企业", "示范社区"]),
        (
            "打造“示范机关”、“示范学校”、“示范医院”等，成立专项组",
            ["示范机关", "示范学校", "示范医院"],
        ),
        ("编印“民族团结小故事”口袋书", ["民族团结小故事"]),
        ("建成村级“民族文化书屋”13个", ["民族文化书屋"]),
        ("通过“小手拉大手”向家庭延伸", ["小手拉大手"]),
        ("选树一批“民族团结模范人物”", ["民族团结模范人物"]),
        ("构建“一体多元”新格局", ["一体多元"]),
        ("坚持“1+3+N”工作思路", ["1+3+N"]),
        ("举办“石榴籽杯”演讲比赛", ["石榴籽杯"]),
        ("推行“一次告知、一次办结”制度", ["一次告知、一次办结"]),
        ("评选“最美石榴籽”20名", ["最美石榴籽"]),
        ("建立“四位一体”工作机制", ["四位一体"]),
        ("实施“强基固本”“思想引领”“文化浸润”三大工程", ["强基固本", "思想引领", "文化浸润"]),
        ("开办“同心四点半”课堂", ["同心四点半"]),
        ("争当“民族团结小使者”", ["民族团结小使者"]),
    ],
)
def test_finds_names_in_lists_and_behind_verbs(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "构建县乡村“四级”工作机构",
        "获得“全国民族团结进步模范集体”荣誉称号",
        "被国务院授予“全国民族团结进步模范集体”",
        "当好民族团结的“宣传员”“调解员”",
        "用“小切口”推动“大变化”",
        "推动民族工作由“管理型”向“服务型”转变",
        "着力打造民族团结进步“升级版”",
        "变“要我学”为“我要学”",
        "确保“有人管事、有钱办事、有场所议事”",
    ],
)
def test_finds_none_in_levels_honours_and_contrasts(text):
    assert found(text) == []


def test_lists_a_repeated_name_once_and_a_numeral_each_time():
    text = "实施“暖心”工程，“暖心”工程获好评。推行“13106”工作法，总结“13106”工作法。"
    assert found(text) == ["暖心", "13106", "13106"]


def test_lists_a_theme_once():
    text = "紧扣“邻里一家亲”目标任务。围绕“邻里一家亲”的主题开展活动。"
    assert found(text) == ["邻里一家亲"]


@pytest.mark.parametrize(
    ("text", "expansion"),
    [
        ("拓宽创建进机关、进社区、进学校“三进”渠道", "进机关、进社区、进学校"),
        ("精准开展住房建设、教育提升、医疗保障“三大行动”", "住房建设、教育提升、医疗保障"),
        ("演讲比赛、文艺汇演、书画展“三大行动”", "演讲比赛、文艺汇演、书画展"),
        ("住房建设、教育提升“三大行动”", None),
        ("实施“双促双增”行动", None),
    ],
)
def test_expands_a_numeral_brand_by_the_list_before_it(text, expansion):
    (brand,) = read(text)
    assert brand.expansion == expansion


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("打造“零公里界碑”邻里地标", "landmark"),
        ("建设“康复中心建设项目”", "project"),
        ("紧扣“邻里一家亲”目标任务", "slogan"),
        ("实施“暖心”工程", "programme"),
    ],
)
def test_says_what_kind_of_brand(text, kind):
    assert [brand.kind for brand in read(text)] == [kind]


def test_spans_hold_no_marks():
    (brand,) = read("实施“暖心”工程")
    assert (brand.start, brand.end) == (3, 5)


@given(st.text(alphabet="“”「」\"'‘’《》七进4+N活动工程的氛围、，\n", max_size=60))
def test_brands_slice_back_and_never_overlap(text):
    met = read(text)
    assert all(text[b.start : b.end] == b.surface and "\n" not in b.surface for b in met)
    assert all(one.end <= other.start for one, other in itertools.pairwise(met))


@pytest.mark.parametrize("piece", ["“", "”", "9", "一", "十进", "4+", '"', "“七进”"])
def test_reads_a_long_line_of_one_piece(piece):
    assert len(read(piece * 3_000)) <= 3_000
