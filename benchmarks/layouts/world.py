"""Records again, with the whole world in one argument: how a process of the model would be called."""
from layouts import records
from numba import njit


@njit(nogil=True, cache=True)
def incubate(world, seed, month):
    records.incubate(world.organizations, world.first, None, world.streets, world.levers, world.parameters,
                     seed, month)


@njit(nogil=True, cache=True)
def live(world, seed, month, which):
    records.live(world.organizations, world.first, None, world.streets, world.levers, world.parameters,
                 seed, month, which)
