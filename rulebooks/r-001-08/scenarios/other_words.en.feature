Feature: The same rules in other words
  Background:
    Given setting "rotation.order.source" is "posted_table"
    And setting "rotation.make_up.ordinary_place" is "at_once"
    And the order is "A, B, C"

  @8
  Scenario: approval on record
    Given "A" is out on business, approved
    When at 09:30 new visitor "X" arrives
    Then "B" receives, because of clause "8"
    And "A" gets a make-up
    When "A" returns at 10:00
    And at 10:05 new visitor "Y" arrives
    Then "A" receives

  @8
  Scenario: without approval
    Given "A" leaves the floor without permission
    When at 09:30 a new visitor "X" arrives
    Then "B" receives, because of clause "8"
    And "A" gets no make-up

  @3
  Scenario: walks off
    When "A" walks off
    And at 9:30 am a new customer "X" walks in
    Then "B" receives, because of clause "3"
    And "A" loses the turn

  @3
  Scenario: sent by the leader
    Given "A" is sent out by the leader
    When at 09:30 a new customer arrives
    Then "B" receives
    And "A" has 1 ordinary make-up

  @4
  Scenario: move up
    When "A" leaves the desk for a moment
    Then "B" is told to move up, because of clause "4"

  @9
  Scenario: leave
    Given "A" is away on leave
    When at 14:10 a new client "X" arrives
    Then "B" receives, because of clause "9"
    And "A" is skipped
    And "A" has no make-up

  @10
  Scenario: leaflet
    When at 09:30 "X" arrives, who only asks for material
    Then "A" receives, because of clause "10"
    And a turn of "A" is used

  @10
  Scenario: group
    When at 09:30 new client "X" arrives, a group of six
    Then a turn of "A" is used
    And "B" is next

  @11
  Scenario: delegation
    Given setting "rotation.situation.supervisor_assigned.owner" is "receiver"
    When at 09:30 "X" arrives, whom the supervisor assigns to "C"
    Then "C" receives, because of clause "11"
    And "C"'s turn is unaffected

  @12
  Scenario: survey
    Given setting "rotation.situation.non_buyer.owner" is "nobody"
    When at 09:30 "X" arrives, a market surveyor
    Then "A" receives
    And one turn of "A" is consumed
    And the make-up of "A" is not open yet
    When the supervisor verifies the reason of "A"
    Then "A" has 1 ordinary make-up, by clause 12

  @13 @18
  Scenario: owner off
    Given "W" is "C"'s old client
    And "C" is off today
    When at 09:30 "W" arrives
    Then "A" stands in, because of clause "13"
    And "C" is notified that their client was received
    And "W" remains "C"'s client
    When "A" has finished
    Then "A" has a make-up

  @19
  Scenario: gives the name
    When at 09:30 "X" arrives and asks for "B"
    Then "B" receives, because of clause "19"

  @6
  Scenario: picks
    When at 09:30 a new client "X" arrives
    And "C" claims "X"
    Then it is refused
    When "A" refuses
    Then "B" receives
