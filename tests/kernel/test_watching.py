"""Ordinary work goes through the door, the watching of people does not."""

import pytest

from linli.kernel.refusals import Refused
from linli.kernel.watching import refuse_watching


@pytest.mark.parametrize(
    "words",
    [
        "在重点路段建成社区视频联网平台", "依托视频联网平台加强动态监测", "建成流动人口信息采集系统", "建立流动人口登记台账",
        "摸清外来经营户人员底数", "录入少数民族流动人口资料信息", "开展涉民族网络舆情研判", "掌握重点人员动态", "安装人脸识别闸机",
        "落实一人一档", "建立外來人口登記臺賬", "開展輿情監測",
    ],
)  # fmt: skip
def test_refuses_to_plan_the_watching_of_people(words):
    with pytest.raises(Refused, match="out_of_scope"):
        refuse_watching("好的", words)


@pytest.mark.parametrize(
    "words",
    [
        "举办面向各族群众的专场招聘会4场", "公开食品经营许可、检查和检测结果", "建成清真食品电子监管平台一期工程", "设立流动人口服务站12个",
        "开展环境监测", "建立总台账", "每季度开展一次督促检查", "为居民提供视频公证服务", "开展群众满意度测评", "建设三维数字社会综合信息管理平台",
        "选聘社区民族工作联络员63名", "接收玛曲县校(园)长挂职锻炼8名", "开设心理咨询室", "对口支援资金800万元", "培训双语调解员40名",
        "办理人员培训登记", "建立困难群众救助信息公开栏",
    ],
)  # fmt: skip
def test_lets_ordinary_work_through(words):
    refuse_watching(words)
