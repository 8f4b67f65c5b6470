"""The table of a page as rows of text."""

from decimal import Decimal

from linli.kernel.page_tables import tables_of

PAGE = """
<main><table><tbody><tr><td>not a list</td></tr></tbody></table>
<nav data-pages="3"></nav>
<table data-rows>
  <thead><tr><th><span class="hush">choose</span><input type="checkbox"></th><th>Name</th>
    <th class="number" data-stays>Taken</th><th class="number">Yuan</th><th>State</th></tr></thead>
  <tbody>
    <tr><td><input type="checkbox"></td><th scope="row"><a href="#">A &amp; B</a><br><span class="soft">
      town</span></th><td class="number">7</td><td class="number">1,234.50</td>
      <td><svg><path d="x"/></svg>open <form><button>End</button><input name="x"> it</form></td></tr>
    <tr><td></td><th>C</th><td colspan="3">none</td></tr>
  </tbody>
</table></main>
"""


def test_reads_the_columns_that_have_a_name_and_may_leave():
    (table,), pages = tables_of(PAGE)

    assert pages == 3
    assert table.columns == ["Name", "Yuan", "State"]
    assert table.rows == [
        ["A & B · town", Decimal("1234.50"), "open"],
        ["C", "", ""],
    ]


def test_reads_nothing_where_no_list_is():
    assert tables_of("<table><tr><td>1</td></tr></table>") == ([], 1)
