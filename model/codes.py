"""Codes that rules compare with: ladder, stage, domain, origin and so on, in the order of their names below."""

from __future__ import annotations

from .text import Text

# The ladder of recognition (社区活动小组 → 备案 → 登记).
GROUP, FILED, REGISTERED = 0, 1, 2
LADDER = (Text("活动小组", "activity group"), Text("备案", "filed"), Text("登记", "registered"))

# Stages of growth (萌芽、成长、成熟、品牌).
NASCENT, GROWING, MATURE, BRAND = 0, 1, 2, 3
STAGE = (
    Text("萌芽型", "nascent"),
    Text("成长型", "growing"),
    Text("成熟型", "mature"),
    Text("品牌型", "brand"),
)

# Domains of work; needs of residents fall into the same categories.
# fmt: off
(ELDERLY_CHILDREN, DIFFICULTY, LIVING, AFFAIRS, MEDIATION, ENVIRONMENT, CULTURE, EDUCATION, CUSTOMS,
 INTERNATIONAL) = range(10)
# fmt: on
DOMAINS = 10
DOMAIN = (
    Text("一老一小", "elderly and children"),
    Text("困难群体关爱", "people in difficulty"),
    Text("生活服务", "living services"),
    Text("社区事务与协商", "community affairs and consultation"),
    Text("纠纷调解与平安", "mediation and safety"),
    Text("环境与物业", "environment and property"),
    Text("文化体育", "culture and sport"),
    Text("教育科普", "education and science"),
    Text("乡风文明", "rural customs"),
    Text("国际志愿服务", "international volunteering"),
)

# How an organization came to be.
GRASS_ROOTS, SEEDED, OUTSIDE, PAPER = 0, 1, 2, 3
ORIGIN = (
    Text("居民自发", "grass roots"),
    Text("平台或项目培育", "seeded"),
    Text("外来引入", "brought in"),
    Text("应付考核设立", "paper"),
)

# Party organization.
NO_PARTY, JOINT_BRANCH, OWN_BRANCH = 0, 1, 2

# A hub's kind, status and the route by which it was founded.
FEDERATION, SERVICE_CENTRE, BASE = 0, 1, 2
NO_HUB, NOMINAL, WORKING, IDLE = 0, 1, 2, 3
UPGRADE, SIGN, NEW = 0, 1, 2

# Rival rules, of which a run follows one each: how hubs spread, and what limits founding.
BY_BOTH, BY_PRESSURE, BY_IMITATION = 0, 1, 2
BY_ROOM, BY_NEED = 0, 1

# Whom a filed organization without legal status has found to hold its money.
NO_CUSTODIAN, LEGAL_PARTNER = -1, -2  # a number from 0 on is a hub's row

# One number for the luck of each process of the month.
# fmt: off
(POLICY, PRESSURE, NEEDS, HUBS, FOUNDING, BUDGETS, INCUBATION, TRAINING, MENTORING, CALLS, SERVICE, GROWTH, PARTY,
 LADDER_UP, EVALUATION, EXIT, RECORD, START) = range(1, 19)
# fmt: on
HUB_LIFE, CUSTODY = 20, 21
