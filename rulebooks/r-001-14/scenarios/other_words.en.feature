Feature: The same rules in other words
  Background:
    Given today's roster is "A, B, C, D"
    And setting "rotation.hours.start" is "09:00"
    And setting "rotation.hours.end" is "18:00"
    And setting "rotation.make_up.ordinary_place" is "at_once"
    And setting "rotation.forfeit.suspend_from" is "at_once"
    And setting "rotation.situation.non_viewing.owner" is "nobody"
    And setting "rotation.situation.outside_hours.owner" is "receiver"

  @1
  Scenario: four groups
    When four groups come in time order
    Then "A, B, C, D" receive

  @3
  Scenario: courier
    When at 09:30 "X" arrives, a courier
    And "A" names "D"
    Then "D" receives, because of clause "3"
    And "A" stays on turn

  @8
  Scenario: approved
    Given "A" leaves at 09:10 on business with the manager's approval
    When at 09:30 a new client "X" arrives
    Then "B" receives
    And "A" is given a make-up

  @10
  Scenario: two give-ups
    When at 09:10 "A" gives up the turn
    Then "A" has given up 1 time today
    And "A" may receive
    When at 09:15 "B" gives up the turn
    And at 09:20 "C" gives up the turn
    And at 09:25 "D" gives up the turn
    And at 09:30 "A" gives up the turn
    Then "A" is suspended, because of clause "10"

  @14
  Scenario: duty
    Given "D" is on duty
    When at 7 pm a new client "X" walks in
    Then "D" receives, because of clause "14"
    And no turn is counted
    When at 7:10 pm a new client "Y" walks in
    Then "A" receives
    When the next day opens with the manager's roster "A, B, C, D"
    And at 9:30 a new client "Z" walks in
    Then "A" receives
