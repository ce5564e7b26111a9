"""What every test of the front door may ask for."""

import pytest

from hearth.front_door.tests.factories import front_door_team, managers_of, screening_officer


@pytest.fixture
def team():
    return front_door_team()


@pytest.fixture
def officer(team):
    return screening_officer(team)


@pytest.fixture
def decider(team):
    return managers_of(team)[0]


@pytest.fixture
def signed_in(client):
    def sign_in(worker):
        client.force_login(worker)
        return client

    return sign_in
