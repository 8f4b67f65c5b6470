"""Words that describe watching people: cameras over them, registers of them, their tracks, their opinions.

The reader marks such passages in reports with rules of its own; this list stands at the doors where somebody
types or brings a task. It names only what cannot be meant otherwise, so that ordinary work goes through.
"""

import re

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

_WATCHING = re.compile(
    r"人脸识别|人臉識別|车牌识别|車牌識別|行动轨迹|行動軌跡|活动轨迹|活動軌跡|动态监控|動態監控|动态管控|動態管控"
    r"|(?:视频|視頻|摄像头|攝像頭|天网|天網|雪亮)[^,，。;；]{0,10}(?:监控|監控|监测|監測|巡查|联网|聯網)"
    r"|(?:人员|人員|人口|群众|群眾|住户|住戶|经营户|經營戶|居民)[^,，。;；]{0,8}(?:登记台账|登記臺賬|登記台賬|信息采集|資訊採集|信息系统|信息系統|信息库|信息庫|底数|底數|建档|建檔|摸排|管控|研判|布控)"
    r"|(?:摸清|掌握|采集|採集|录入|錄入)[^,，。;；]{0,10}(?:人员|人員|人口|群众|群眾)[^,，。;；]{0,6}(?:底数|底數|信息|动态|動態|情况|情況|资料|資料)"
    r"|(?:舆情|輿情|思想动态|思想動態|网络言论|網絡言論)[^,，。;；]{0,8}(?:监测|監測|监控|監控|研判|分析|收集|掌握)"
    r"|重点人员|重點人員|一人一档|一人一檔"
)


def refuse_watching(*texts: str) -> None:
    """Let words through that describe work, never the watching of people (PRIVACY 1, 3, 5, 10).

    Refuses: out_of_scope when they describe watching people or lists of them.
    """
    if any(_WATCHING.search(text) for text in texts):
        raise Refused(
            "out_of_scope",
            _(
                "This describes watching people or keeping lists of them. Linli takes no such task: "
                "plan the service that is needed instead."
            ),
        )
