"""The state of every kind of agent, declared once.

From these declarations come the NumPy records that the rules read and write, the attributes of the Mesa agents and
the state tables of the ODD.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .codes import DOMAINS


class Field(NamedTuple):
    """One state variable of an agent."""

    name: str
    type: str
    unit: str
    meaning: str


def fields(text: str) -> tuple[Field, ...]:
    """Declarations, one a line: name | type | unit | meaning."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(Field(*(part.strip() for part in row)) for row in rows)


COMMUNITY = fields(f"""
key               | u8 | -        | identity, a hash of the full name
street            | i4 | row      | its street or township
district          | i4 | row      | its district or county
births            | i4 | count    | groups founded this month
there             | i4 | count    | organizations and groups on the books
stock             | i4 | count    | filed and registered organizations
rural             | i1 | flag     | village (1) or urban community (0), by kind of committee
pilot             | i1 | flag     | rural pilot village
platform          | i1 | flag     | connected to the smart-community platform
fund              | i1 | flag     | has a community fund
rank              | f8 | 0-1      | fixed luck that orders communities for the platform and for funds
pilot_rank        | f8 | 0-1      | order in which villages become pilots: half their base, half luck
residents         | f8 | persons  | people living there
elderly           | f8 | share    | people aged 60 and over
children          | f8 | share    | people aged 0-14
difficulty        | f8 | share    | people in difficulty
foreign           | f8 | share    | foreign residents
party             | f8 | share    | Party members
need              | ({DOMAINS},)f8 | persons | people with a need, by category
met               | ({DOMAINS},)f8 | share   | share of the known need met last month
capacity          | ({DOMAINS},)f8 | persons | people that organizations can serve this month
known             | f8 | share    | needs known to the residents' committee
match             | f8 | share    | how well service reaches known need
venue             | f8 | 0-1      | room for activities
volunteering      | f8 | share    | residents ready to volunteer
helpers           | f8 | factor   | volunteers that an organization finds, 1 where as usual
trust             | f8 | 0-1      | trust in the community and identity with it
base_births       | f8 | per year | activity groups founded a year with no policy
leader_pool       | f8 | persons  | people able and willing to lead
leading           | f8 | persons  | leaders in office
successes         | f8 | count    | mature or brand organizations that neighbours can imitate
""")

STREET = fields("""
key               | u8 | -        | identity
district          | i4 | row      | its district or county
rural             | i1 | flag     | township (1) or street (0)
station           | i1 | flag     | has a social-work station that could carry a hub's sign
effect            | f8 | factor   | lasting readiness of its own
finance           | f8 | factor   | its means relative to the place's average
commitment        | f8 | 0-1      | effort given to the plan
money             | f8 | 0-1      | how far a hub would be paid for
learning          | f8 | share    | hubs seen among neighbours and pilots, with a lag
readiness         | f8 | factor   | stock and staff that a hub could build on, mean about 1
stock             | f8 | count    | filed and registered organizations, smoothed
hubs              | i1 | count    | hubs that exist
counted           | i1 | flag     | has a hub of a kind that the plan counts
effective         | i1 | flag     | has an effective hub
hub_quality       | f8 | 0-1      | best quality among its working hubs
advice            | f8 | 0-1      | support that reaches any organization of the street this month
custodian         | i4 | row      | hub that holds others' money, -1 none
partners          | f8 | per year | rate at which a filed organization finds a registered partner to hold its money
filing_chance     | f8 | share    | chance that a waiting group is dealt with this month
hub_reach         | f8 | share    | organizations that its hub can advise
ever              | i4 | count    | hubs ever founded
pending           | i4 | month    | month in which a hub under way will be founded, -1 none
pending_route     | i1 | code     | route of the hub under way
pending_haste     | f8 | 0-1      | pressure when it was decided
first_nominal     | i4 | month    | month of the first counted hub, -1 none
first_effective   | i4 | month    | month of the first effective hub, -1 none
filing_staff      | f8 | persons  | people who handle filings
backlog           | f8 | count    | groups waiting for filing at the end of last month
waiting           | f8 | count    | groups waiting for filing, being counted
registered        | f8 | count    | registered organizations
filed             | f8 | count    | filed organizations
instructed        | f8 | share    | organizations that Party-building instructors look after
capable           | f8 | count    | filed or registered organizations past the nascent stage
due_sessions      | f8 | sessions | training owed and not yet held
trained_month     | i4 | month    | last month with training for its organizations, -1 never
""")

DISTRICT = fields("""
key               | u8 | -        | identity
prefecture        | i4 | row      | its city or prefecture
streets           | i4 | count    | streets and townships
effect            | f8 | log      | lasting inclination to found hubs
finance           | f8 | factor   | its means relative to the place's average
order             | f8 | 0-1      | order felt from above
nearness          | f8 | 0-1      | nearness of the next dated check
worn              | f8 | share    | support time that reports and inspections leave
push              | f8 | 0-1      | order x nearness x effort still made
plan              | f8 | 0-1      | own special plan in force
rules             | f8 | 0-1      | registration and filing procedures in force
achieved          | f8 | share    | streets with a counted hub, last month
delivered         | f8 | share    | of what priced levers cost this month, the share that money was there for
publicity         | f8 | 0-1      | attention of the public, fading
staff_skill       | f8 | 0-1      | training of civil-affairs and community staff
licensed          | f8 | share    | social workers with a licence
talent            | f8 | persons  | backbone people in the pool
backbone          | f8 | share    | backbone people in the pool per organization
due_city          | f8 | seats    | seats in city and provincial sessions owed
due_district      | f8 | sessions | district sessions owed
due_pairs         | f8 | count    | mentoring pairs owed
due_outside       | f8 | count    | outside organizations owed
due_festival      | f8 | count    | festivals owed
trained_month     | i4 | month    | last month with training for its organizations, -1 never
""")

PREFECTURE = fields("""
key               | u8 | -        | identity
districts         | i4 | count    | districts and counties
due_city          | f8 | sessions | city sessions owed
""")

HUB = fields("""
key               | u8 | -        | identity
street            | i4 | row      | its street, -1 for a district's base
district          | i4 | row      | its district
status            | i1 | code     | 0 none, 1 nominal, 2 working, 3 idle
kind              | i1 | code     | federation, service centre, incubation base
route             | i1 | code     | upgrade of a filed body, sign on a station, newly registered
commissioned      | i1 | flag     | run by a commissioned professional body
official_head     | i1 | flag     | headed by a street official
registered        | i1 | flag     | has legal status: may hold money and sign contracts
custody           | i1 | flag     | offers custody of funds
head_months       | i4 | months   | time the head has been in office
founded           | i4 | month    | month of founding (negative: before the start)
staff             | i4 | persons  | social workers in post
quality           | f8 | 0-1      | quality of its work
solvency          | f8 | share    | of its running costs, the share it could pay this month
served            | (12,)i4 | count | visits to organizations in each of the last 12 months
occupied          | i4 | slots    | slots in use at the end of last month
culture           | i4 | slots    | of them, held by culture and sport
cash              | i8 | fen      | money held
""")

ORGANIZATION = fields("""
key               | u8 | -        | identity: parent community, month, ordinal
community         | i4 | row      | its community
street            | i4 | row      | its street
district          | i4 | row      | its district
alive             | i1 | flag     | on the books
active            | i1 | flag     | really at work
domain            | i1 | code     | field of work
ladder            | i1 | code     | activity group, filed, registered
stage             | i1 | code     | nascent, growing, mature, brand
origin            | i1 | code     | grass roots, seeded, brought in, paper
party             | i1 | code     | Party organization: none, joint branch, own
party_ready       | i1 | flag     | could form a Party branch
leader_party      | i1 | flag     | leader is a Party member
leader_committee  | i1 | flag     | leader sits in a sub-committee
clean             | i1 | flag     | no record of misuse
exemplar          | i1 | flag     | named or awarded, and publicised this year
graduate          | i1 | flag     | has been through incubation
known             | i1 | flag     | in the committee's ledger
age               | i4 | months   | since founding
ladder_months     | i4 | months   | since the last step of the ladder
queue             | i4 | months   | waiting for filing or registration, -1 not waiting
incubating        | i4 | months   | months of incubation left
hub               | i4 | row      | hub that incubates it, -1 none
custodian         | i4 | row      | who holds its money: a hub's row, -2 a registered partner, -1 nobody
mentored          | i4 | months   | months of mentoring left
idle_months       | i4 | months   | since it went dormant
since_grant       | i4 | months   | since public money last came, 1000 never
mentor            | u8 | -        | key of its mentor
governance        | f8 | 0-1      | capability: governance
service           | f8 | 0-1      | capability: service
finance           | f8 | 0-1      | capability: finance
leadership        | f8 | 0-1      | capability: leadership
gift              | f8 | factor   | lasting aptitude of its core people, mean 1
mentor_level      | f8 | 0-1      | its mentor's capability
support           | f8 | 0-1      | support received this month
trained           | f8 | 0-1      | what the leader still has of training
members           | f8 | persons  | members
rating            | f8 | 0-1      | last published evaluation, -1 never
activity          | f8 | per month| activities, averaged over a year
public12          | f8 | fen      | public money of about the last 12 months
own12             | f8 | fen      | other income of about the last 12 months
cash              | i8 | fen      | money held
""")

FUNDER = fields("""
kind              | i1 | code     | which kind of funder
unit              | i4 | row      | its district, street or community
district          | i4 | row      | the district whose shocks it feels
cash              | i8 | fen      | money held
budget            | i8 | fen      | yearly budget now in force
""")

CLOCK = fields("""
month             | i8 | month    | month index from the scenario's start, of the month under way or next
month_of_year     | i8 | 1-12     | calendar month
seed              | u8 | -        | the run's seed
organizations     | i8 | rows     | rows of organizations in use
room_needed       | i8 | rows     | rows that the organizations need once the newborn are placed
half_done         | i8 | flag     | the month has come as far as founding
street_funders    | i8 | row      | first row of the streets among the funders
lottery_funders   | i8 | row      | first row of the lottery funds
livelihood_funders| i8 | row      | first row of the livelihood-project funds
community_funds   | i8 | row      | first row of the community funds
reference_stock   | f8 | count    | filed and registered organizations per street at the start
""")

KINDS = {
    "Community": COMMUNITY,
    "Street": STREET,
    "District": DISTRICT,
    "Hub": HUB,
    "Organization": ORGANIZATION,
    "Funder": FUNDER,
}


def record(declared: tuple[Field, ...]) -> np.dtype:
    """The NumPy record of a declaration, aligned."""
    return np.dtype([(field.name, field.type) for field in declared], align=True)
