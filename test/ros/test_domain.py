"""A private domain is one in which nobody takes part."""
from harness import Bench
import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.ros.domain import free_domain


def test_a_domain_in_which_somebody_takes_part_is_never_drawn():
    bench = Bench()
    try:
        taken = bench.domain
        assert {free_domain([taken, 231]) for _ in range(20)} == {231}
        with pytest.raises(ConfigurationError, match=f'{taken} to {taken}: all are in use'):
            free_domain([taken])
    finally:
        bench.close()


def test_a_domain_is_free_again_when_its_last_participant_has_gone():
    bench = Bench()
    taken = bench.domain
    bench.close()
    assert free_domain([taken]) == taken
