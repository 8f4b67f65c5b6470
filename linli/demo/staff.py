"""The demo's staff: invented people in each role. Their password is public, so they exist nowhere else."""

from typing import NamedTuple

from linli.kernel.actors import Role
from linli.kernel.models import Staff

PASSWORD = "linli-demo-2026"  # noqa: S105 - printed on the sign-in page of the demo


class Login(NamedTuple):
    """One demo account."""

    username: str
    name: str
    role: Role
    unit: str


LOGINS = (
    Login("planner", "规划员(示例)", Role.PLANNER, "嘉峪关市民族宗教事务局"),
    Login("officer", "经办人(示例)", Role.OFFICER, "嘉峪关市人力资源和社会保障局"),
    Login("clerk", "窗口人员(示例)", Role.CLERK, "嘉峪关市民族宗教事务局"),
    Login("supervisor", "督查员(示例)", Role.SUPERVISOR, "嘉峪关市政府督查室"),
    Login("administrator", "管理员(示例)", Role.ADMINISTRATOR, "嘉峪关市民族宗教事务局"),
)


def hire() -> None:
    """Make the accounts that are missing."""
    for login in LOGINS:
        if not Staff.objects.filter(username=login.username).exists():
            Staff.objects.create(password=PASSWORD, **login._asdict())
