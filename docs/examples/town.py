"""A walk through the small town with the tools of Mesa: run it as a script, or cell by cell in a notebook."""

# %% The town's plan, and one run of it. Without `rng` every run is another.
import mesa
import numpy as np

from miaopu.model import Community, Ecosystem, Organization, Street
from miaopu.model.codes import DOMAIN, FILED, LADDER, REGISTERED
from miaopu.scenarios import load

town = Ecosystem(load("town"), rng=7)
for _ in range(24):
    town.step()
print(f"after {town.month} months: {len(town.agents)} agents, {len(town.agents_by_type[Organization])} organizations")
print(f"street hub coverage: {town.indicator('street_hub_coverage'):.0%}")

# %% Sets of agents: Mesa's verbs, and columns.
organizations = town.agents_by_type[Organization]
for rung, count in sorted(organizations.groupby("ladder").count().items()):
    print(f"  {LADDER[rung].en}: {count}")
recognised = organizations.where(ladder=(FILED, REGISTERED), active=1)
print(f"capability to serve: {recognised.agg('service', np.mean):.2f}")
print(f"members, all told: {recognised.array('members').sum():.0f}")
oldest = organizations.sort("age")[0]
print(f"the oldest works in {DOMAIN[oldest.domain].en} and holds {oldest.cash / 100:,.0f} yuan")

# %% A rule of one's own over single agents: where do organizations lack a custodian?
streets = town.agents_by_type[Street]
lacking = organizations.select(lambda one: one.ladder == FILED and one.custodian == -1)
for row, members in lacking.groupby("street"):
    print(f"  {streets[row].name.en}: {len(members)} filed organizations without a custodian")

# %% What if? Attributes write what they read. Give every community a better room and see a year on.
rooms = town.agents_by_type[Community].array("venue")
twin = Ecosystem(load("town"), rng=7)
while twin.month < town.month:
    twin.step()
for _ in range(12):
    town.step()
    twin.agents_by_type[Community].set("venue", np.minimum(1.0, rooms + 0.3))
    twin.step()
for name in ("activities_per_organization", "needs_met"):
    print(f"  {name}: {town.indicator(name):.3f} as planned, {twin.indicator(name):.3f} with better rooms")

# %% Mesa's DataCollector, whenever it is asked to collect.
collector = mesa.DataCollector(
    model_reporters={"coverage": lambda model: model.indicator("street_hub_coverage")},
    agenttype_reporters={Street: {"hubs": "hubs", "commitment": "commitment"}},
)
while town.running:
    town.step()
    collector.collect(town)
print(collector.get_model_vars_dataframe().tail(3))
print(collector.get_agenttype_vars_dataframe(Street).tail(3))
