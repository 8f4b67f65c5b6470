"""Pages made for the tests: an everyday news page, and pages that mean harm."""

import random

_WORDS = "社区 服务 群众 建设 工作 培训 项目 街道 中心 发展 居民 活动 组织 开展 全市 文化 教育 就业 资金 推进"
WORDS = _WORDS.split()


def sentence(dice, words=12):
    """One made-up sentence with a figure."""
    parts = ["".join(dice.choices(WORDS, k=4)) for _ in range(words // 4)]
    return f"{'，'.join(parts)}，{dice.choice(WORDS)}居民{dice.randint(2, 9000)}人次。"


def news_page(size=77_000, seed=7):
    """A page as a city's news site serves it: menus, scripts, a share bar, an article, lists, a foot."""
    dice = random.Random(seed)
    head = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1">\r\n'
        '<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<meta http-equiv="Content-Type" '
        'content="text/html; charset=utf-8" />\r\n<title>全市社区服务工作推进情况_新闻中心</title>\r\n'
        '<meta name="PubDate" content="2021-03-05 09:12" />\r\n<meta name="ContentSource" content="本地日报" />\r\n'
        '<link href="/images/style.css" rel="stylesheet" type="text/css" />\r\n<script type="text/javascript">\r\n'
        + "var _hm = _hm || []; if (a < b && c > d) { document.write('<p>广告</p>'); }\r\n" * 300
        + "</script>\r\n<style>.a{color:red}\r\n"
        + ".nav li a:hover { color: #c00; }\r\n" * 330
        + "</style></head>\r\n<body>\r\n"
    )
    menu = (
        '<div class="nav" id="topnav">\r\n<ul class="menu clearfix">\r\n'
        + "".join(
            f'  <li class="item{i % 3}"><a href="/col/{i}/index.html" target="_blank">{dice.choice(WORDS)}{dice.choice(WORDS)}</a></li>\r\n'
            for i in range(45)
        )
        + "</ul>\r\n</div>\r\n<!-- 导航结束 -->\r\n"
    )
    article = (
        (
            '<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/n/">要闻</a></div>\r\n'
            '<div class="article"><h1 class="title">全市社区服务工作推进情况</h1>\r\n<div class="info"><span>来源：本地日报</span>'
            '&nbsp;&nbsp;<span class="time">2021-03-05 09:12</span></div>\r\n<div id="zoom" class="content">\r\n'
        )
        + "".join(
            '<p style="text-indent: 2em; line-height: 1.75em;"><span style="font-family: 宋体; font-size: 16px;">　　'
            + "".join(sentence(dice) for _ in range(3))
            + "&ldquo;邻里&rdquo;<strong>同心</strong>。</span></p>\r\n"
            for _ in range(14)
        )
        + "</div></div></div>\r\n"
    )
    foot = '<div class="foot"><p>版权所有 &copy; 本地新闻中心&nbsp;|&nbsp;备案号：1200号</p></div>\r\n</body></html>'
    rest = []
    used = sum(len(part.encode()) for part in (head, menu, article, foot))
    while used < size:
        item = (
            f'<li class="news-item"><div class="pic"><a href="/art/2021/{dice.randint(1, 9999)}/art_1024_{dice.randint(1, 99999)}.html" '
            f'target="_blank" title="{dice.choice(WORDS)}"><img src="/upload/2021/{dice.randint(1, 9999)}.jpg" width="160" '
            f'height="90" alt="" onerror="this.src=1"/></a></div><span class="date">03-{dice.randint(1, 28):02}</span>'
            f'<a href="/art/2021/{dice.randint(1, 9999)}/art_2048.html" target="_blank">{"".join(dice.choices(WORDS, k=6))}</a></li>\r\n'
        )
        used += len(item.encode())
        rest.append(item)
    return (
        head
        + menu
        + article
        + '<div class="side"><h3>相关新闻</h3><ul>\r\n'
        + "".join(rest)
        + "</ul></div>\r\n"
        + foot
    )
