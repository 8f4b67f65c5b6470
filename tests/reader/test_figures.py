from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reader.report_lines import article_of, dates_in, figures_of, slogans_in, titles_in

READ = [
    # the demo's own facts, in our words
    ("本区有45个民族。", "45个", "45", "item", "exact"),
    ("少数民族人口近10万人。", "近10万人", "100000", "person", "approx_below"),
    ("占总人口的15.4%。", "15.4%", "15.4", "%", "exact"),
    ("设立九条项目线。", "九条", "9", "item", "exact"),
    ("70名学员都找到了工作。", "70名", "70", "person", "exact"),
    ("累计300余人次参加。", "300余人次", "300", "person_time", "more_than"),
    ("外出学习9天。", "9天", "9", "day", "exact"),
    ("举办为期一个月的培训班。", "一个月", "1", "month", "exact"),
    ("建成5个中心。", "5个", "5", "item", "exact"),
    ("表彰25名个人。", "25名", "25", "person", "exact"),
    ("每年两次听取汇报。", "两次", "2", "occasion", "exact"),
    ("覆盖率100%。", "100%", "100", "%", "exact"),
    # money
    ("投入帮扶资金800万元。", "800万元", "8000000", "CNY", "exact"),
    ("投资8500多万元。", "8500多万元", "85000000", "CNY", "more_than"),
    ("吸引社会资金4836萬元。", "4836萬元", "48360000", "CNY", "exact"),
    ("外汇储备182亿美元。", "182亿美元", "18200000000", "USD", "exact"),
    ("补助人民币50元。", "50元", "50", "CNY", "exact"),
    ("门票￥300一张。", "300", "300", "CNY", "exact"),
    ("制作展板56块。", "56块", "56", "item", "exact"),
    ("这本书花了三块。", "三块", "3", "CNY", "exact"),
    ("身高1米75，体重65公斤。", "1米75", "1.75", "m", "exact"),
    ("卖了五元三毛。", "五元三毛", "5.3", "CNY", "exact"),
    ("大奖1600万 奖池36.57亿", "36.57亿", "3657000000", "CNY", "exact"),
    # people and households
    ("惠及3万户。", "3万户", "30000", "household", "exact"),
    ("培训妇女近千名。", "近千名", "1000", "person", "approx_below"),
    ("培训课程将近87天。", "将近87天", "87", "day", "approx_below"),
    ("流动人口近百萬人次。", "近百萬人次", "1000000", "person_time", "approx_below"),
    ("党员150余名。", "150余名", "150", "person", "more_than"),
    ("一万多名旅客。", "一万多名", "10000", "person", "more_than"),
    ("服务14亿中国人民。", "14亿", "1400000000", "person", "exact"),
    ("帮助50余干部。", "50余", "50", "person", "more_than"),
    ("有300学员。", "300", "300", "person", "exact"),
    ("照顾10个孩子。", "10个", "10", "person", "exact"),
    ("人口达3万余。", "3万余", "30000", "person", "more_than"),
    ("5。5万名学员。", "5。5万名", "55000", "person", "exact"),
    ("共有3 000多万人。", "3 000多万人", "30000000", "person", "more_than"),
    ("搬迁188 万人。", "188 万人", "1880000", "person", "exact"),
    ("转出 1 名。", "1 名", "1", "person", "exact"),
    # measures
    ("建筑面积7000.3平方米。", "7000.3平方米", "7000.3", "m2", "exact"),
    ("面积218平方公里。", "218平方公里", "218", "km2", "exact"),
    ("养殖387万亩。", "387万亩", "3870000", "mu", "exact"),
    ("管网76.4千米。", "76.4千米", "76.4", "km", "exact"),
    ("装机2.5万千瓦。", "2.5万千瓦", "25000", "kW", "exact"),
    ("离岸5.5浬。", "5.5浬", "5.5", "nmi", "exact"),
    ("增产177.6亿斤。", "177.6亿斤", "17760000000", "jin", "exact"),
    ("缴获近一吨。", "近一吨", "1", "t", "approx_below"),
    ("跳出8米36。", "8米36", "8.36", "m", "exact"),
    ("成绩是2分04秒90。", "2分04秒90", "124.90", "second", "exact"),
    ("气温零下15度。", "零下15度", "-15", "degree", "exact"),
    ("增幅为-3.2%。", "-3.2%", "-3.2", "%", "exact"),
    ("耗时两个半小时。", "两个半小时", "2.5", "hour", "exact"),
    ("历时一年半。", "一年半", "1.5", "year", "exact"),
    ("王某25岁。", "25岁", "25", "year_age", "exact"),
    # shares and ratios
    ("消费贡献超六成。", "超六成", "60", "%", "more_than"),
    ("增长百分之十六点七。", "百分之十六点七", "16.7", "%", "exact"),
    ("提高1.2个百分点。", "1.2个百分点", "1.2", "percentage_point", "exact"),
    ("四分之三的村。", "四分之三", "0.75", "fraction", "exact"),
    ("一半以上的学校。", "一半", "0.5", "fraction", "at_least"),
    ("增长2.5倍。", "2.5倍", "2.5", "times", "exact"),
    ("价格指数控制在103.5以内。", "103.5", "103.5", "item", "at_most"),
    # bounds
    ("不少于12场次。", "不少于12场次", "12", "session", "at_least"),
    ("每次不超过200元。", "不超过200元", "200", "CNY", "at_most"),
    ("不足30人。", "不足30人", "30", "person", "less_than"),
    ("约100辆车。", "约100辆", "100", "vehicle", "approx"),
    ("500人左右。", "500人", "500", "person", "approx"),
    ("绿化率35%以上。", "35%", "35", "%", "at_least"),
    ("水深超过250米。", "超过250米", "250", "m", "more_than"),
    ("累计减免逾500亿元。", "逾500亿元", "50000000000", "CNY", "more_than"),
    ("数百名群众。", "数百名", "100", "person", "vague"),
    ("上千人到场。", "上千人", "1000", "person", "vague"),
    ("几十家企业。", "几十家", "10", "organization", "vague"),
    ("十几名学员。", "十几名", "10", "person", "vague"),
    ("三五个人来过。", "三五个人", "3", "person", "vague"),
    ("办理10余件。", "10余件", "10", "item", "more_than"),
    ("打造3大公园景观。", "3大", "3", "item", "exact"),
    ("新车百款亮相。", "百款", "100", "item", "exact"),
]  # fmt: skip

NO_FIGURE = [
    # enumerators and function words
    "一是加强领导，二是压实责任。", "（一）提高认识。", "1.加强培训。", "2、完善制度。", "①摸清底数。", "一方面统一思想。",
    "进一步一体推进，一定一心一意。", "一批骨干、一系列活动、一线干部。", "万众一心，千方百计。", "一把手负总责。",
    "一名群众来到一个社区的一家企业。", "三是一要二要。",
    # idioms, slogans, campaigns without their quotation marks
    "增强四个意识，坚定四个自信，做到两个维护。", "落实八项规定。", "统筹推进五位一体。", "四套班子成员。", "三位一体。",
    "两会期间，两岸同胞，三农工作，三通一平，一村一品。", "走进千家万户，服务百姓。", "四面八方来客。", "百家争鸣。",
    "从三个方面入手。", "六大工程、四大行动。", "十九大精神。", "二十大代表。", "十四五规划。", "五一和六一。", "两学一做。",
    # ordinals and ranks
    "第十三届全国人大一次会议。", "第二批示范单位。", "排名第7名。", "位列前五位，前10名。", "第3届。", "第一、二、三产业。",
    # names and identifiers
    "电话0931-4818181，邮编730000。", "陇ICP备05001234号。", "国办发〔2017〕12号。", "开通56路公交车。", "住3单元502室。",
    "兰州市第二中学和11中。", "G312国道，320省道，K1025次列车。", "12345热线，12306网站。", "5G、4K、3D、A4、5A级景区。",
    "1+1+3产业体系，4+4机制，2+x模式。", "13106工作法。", "版本2.0.1。", "7×24小时服务。", "编号20210722132136358851036。",
    # time
    "2019年。", "1998年以来。", "2016-2020年。", "15:17发布。", "近三年来，过去5年，3天后，10年前，5年来。", "成立70周年。",
    "上世纪80年代。", "90后。", "八点三十分。", "百年大计，千年古城。", "三十年河东。", "一年来，一天。",
    # scores and places
    "以112:108获胜。", "四局比分为25:18、23:25。", "中国队3-0获胜。", "四川省、五台山、三台县、九台区。", "万里长征。",
    "打通最后一公里。", "15分钟便民生活圈。", "二次供水。", "每10万人口。", "1000吨级。", "两人结伴。", "一元钱捐款。",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "bound"), READ, ids=[row[0] for row in READ]
)
def test_find_reads_value_unit_and_bound(text, surface, value, unit, bound):
    figures = figures_of(text)
    assert (surface, Decimal(value), unit, bound) in [
        (figure.surface, figure.value, figure.unit, figure.bound) for figure in figures
    ]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_find_leaves_out_what_counts_nothing(text):
    assert [figure.surface for figure in figures_of(text)] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("服务3至10万居民。", [30000, 100000]),
        ("配备5-8名教师。", [5, 8]),
        ("需要三至五家企业。", [3, 5]),
        ("下降8~10℃。", [8, 10]),
        ("500至1万元。", [500, 10000]),
        ("分别增长5.2、3.1和2.5个百分点。", [Decimal("5.2"), Decimal("3.1"), Decimal("2.5")]),
        ("提高2.1个、0.8个百分点。", [Decimal("2.1"), Decimal("0.8")]),
        ("提高2.1个和0.8个百分点。", [Decimal("2.1"), Decimal("0.8")]),
        ("三次产业比为1.1:50.3:48.6。", [Decimal("1.1"), Decimal("50.3"), Decimal("48.6")]),
        ("产业结构为15:35:50。", [15, 35, 50]),
        ("获12金8银3铜。", [12, 8, 3]),
        ("选派6批158名干部。", [6, 158]),
        ("投入20，300人参加。", [300]),
    ],
)
def test_find_shares_units_in_ranges_and_lists(text, values):
    figures = figures_of(text)
    assert [figure.value for figure in figures] == values
    assert len({figure.unit for figure in figures}) == (2 if "158" in text else 1)


@pytest.mark.parametrize("text", ["办结12.5件，提高3.5个百分点。", "户均0.5个；提高3.5个百分点。"])
def test_find_shares_no_unit_with_what_is_another_count(text):
    assert [figure.unit for figure in figures_of(text)] == ["item", "percentage_point"]


def test_find_leaves_dates_titles_and_brands_alone():
    text = "2019年印发《3年100件实事方案》，开展“十进百家”，投入5万元。"
    figures = figures_of(
        text, dates=dates_in(text), documents=titles_in(text), brands=slogans_in(text)
    )
    assert [figure.surface for figure in figures] == ["5万元"]


def test_find_reads_the_main_lines_only():
    article = article_of("投入5万元。\n取名大全(756个)")
    assert [line.start for line in article.lines] == [0, 7]
    figures = figures_of("投入5万元。\n取名大全(756个)")
    assert [figure.surface for figure in figures] == ["5万元", "756个"]


def test_levels_are_soft():
    figure = figures_of("建立三级网格。")[0]
    assert (figure.value, figure.unit, figure.hard) == (3, "level", False)


def test_numeral_span_leaves_out_bound_and_unit():
    text = "投资近8500多万元。"
    figure = figures_of(text)[0]
    assert text[figure.num_start : figure.num_end] == "8500多万"
    assert text[figure.start : figure.end] == figure.surface == "近8500多万元"


PIECES = st.sampled_from(
    ["3", "万", "亿", "10", "一", "两", "百", "个", "名", "元", "%", "年", "第", "近", "多", "余", "-", "至", "、", ":", "，", "。", " ",
     "分之", "点", "半", "从", "到", "（", "）", "米", "36", "秒", "民族", "¥", "角", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_figure_slices_back_in_order(text):
    figures = figures_of(text)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.surface
        assert figure.start <= figure.num_start < figure.num_end <= figure.end
        assert figure.value.is_finite()
    starts = [figure.num_start for figure in figures]
    assert starts == sorted(set(starts))
    assert [figure.id for figure in figures] == [f"f{n}" for n in range(1, len(figures) + 1)]


@pytest.mark.parametrize(
    "piece", ["9", "一", "（", "百", "1.", "9,999", "1:", "一分之", "近", "第3", "9 "]
)
def test_find_never_hangs(piece, never_hangs):
    text = piece * (300_000 // len(piece))
    figures_of(text)
