"""Reports for tests: own wording, one of everything that a reading can hold."""

from linli.reports import actions
from tests.town.staff import actor

TEXT = """邻里示范区民族团结进步工作总结
邻里日报  2024-05-06 09:30
2023年,邻里示范区共开办汉语课程12期,培训各族群众300余人次。
区民宗局设立服务窗口5个,印发了《邻里示范区服务站建设方案》。
建立了少数民族流动人口信息系统。
市级财政安排资金40万元,区级财政安排资金60万元,共计100万元。
"""

# A report of a real place, with promises for the next year.
JIAYUGUAN = """嘉峪关市2025年民族团结进步工作总结
嘉峪关示例报  2025-12-26 10:20
2025年,嘉峪关市举办技能培训班11期,培训各族群众460人次。
市人社局举办专场招聘会3场,提供岗位150个。
建立了少数民族流动人口信息系统。
全市29个少数民族的6200多名群众共居。
二、2026年工作打算
一是市人社局举办专场招聘会不少于5场。二是扩建铁南社区邻里服务站。三是6月底前开通便民热线。
"""


def report(*, at, by=None, text=TEXT, name="report.txt"):
    return actions.receive(by=by or actor(), data=text.encode(), name=name, at=at)


def published(*, at, **overrides):
    made = report(at=at, **overrides)
    actions.publish(by=actor(), report=made, at=at)
    made.refresh_from_db()
    return made
