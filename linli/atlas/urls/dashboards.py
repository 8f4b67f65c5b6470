"""Addresses of boards: for everybody, on a wall, on the console."""

from django.urls import URLPattern, path

from linli.atlas.views import board_tiles, boards, boards_console

_OF = "console/boards/<str:code>/"

PATHS: list[URLPattern] = [
    path("boards/", boards.boards, name="boards"),
    path("boards/<str:code>/", boards.board, name="board"),
    path("boards/<str:code>/wall/", boards.wall, name="board_wall"),
    path("console/boards/", boards_console.console_boards, name="console_boards"),
    path("console/boards/new/", boards_console.board_new, name="board_new"),
    path(_OF, boards_console.console_board, name="console_board"),
    path(f"{_OF}edit/", boards_console.board_edit, name="board_edit"),
    path(f"{_OF}publish/", boards_console.board_publish, name="board_publish"),
    path(f"{_OF}down/", boards_console.board_down, name="board_down"),
    path(f"{_OF}tiles/new/", board_tiles.tile_new, name="tile_new"),
    path(f"{_OF}tiles/<int:pk>/", board_tiles.tile_edit, name="tile_edit"),
    path(f"{_OF}tiles/<int:pk>/remove/", board_tiles.tile_remove, name="tile_remove"),
    path(f"{_OF}tiles/<int:pk>/<slug:way>/", board_tiles.tile_move, name="tile_move"),
]
