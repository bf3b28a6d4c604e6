Feature: The same rules in other words
  Background:
    Given setting "rotation.make_up.ordinary_place" is "at_once"
    And the order is "A, B, C"

  @15
  Scenario: back in five
    When "A" leaves at 10:00 for a moment
    And at 10:03 a new visitor "X" comes
    Then "B" receives, because of clause "15"
    When "A" is back at 10:05
    Then "A" has a make-up turn

  @15
  Scenario: back in six
    When "A" leaves at 10:00 for a cigarette
    And at 10:03 a new visitor "X" comes
    Then "B" receives
    When "A" is back at 10:06
    Then "A" has no make-up
    And "A" forfeits the turn

  @15
  Scenario: bank
    When "A" leaves at 10:00 on business
    And at 11:00 a new visitor "X" comes
    Then "B" receives
    And "A" has a make-up turn, because of clause "15"

  @12
  Scenario: referral
    Given "X" is "A"'s old client
    And "A" has not signed in
    When at 10:00 new client "Y" arrives, introduced by "X"
    Then "B" receives, because of clause "13"

  @12
  Scenario: referral 2
    Given "X" is "B"'s old client
    When at 10:00 "Y" arrives, sent by "X"
    Then "B" receives, because of clause "12"
    And a turn of "B" is used
    And "A" stays on turn

  @11
  Scenario: calls
    Given "X" is "B"'s client
    When "X" calls
    Then "A" receives
    And no turn is used
    And "A" is next for calls
    When a new caller "Y" calls
    Then a turn of "A" is used
    And "B" is next for calls

  @17
  Scenario: hand back
    When at 10:00 new client "X" arrives
    Then "A" receives
    When at 10:09 "B" recognises "X"
    Then "X" is received by "B"

  @17
  Scenario: too late
    When at 10:00 new client "X" arrives
    And at 10:11 "B" recognises "X"
    Then "X" is still received by "A", because of clause "17"
    And "X" belongs to "A"

  @24
  Scenario: sanction
    When the supervisor confirms "B" neglecting
    And nine new customers arrive one after another, each seen off before the next
    Then the receivers are "A, B, C, A, C, A, B, C, A"

  @2
  Scenario: log
    When four new customers arrive one after another, each seen off before the next
    Then the record of turns has 4 entries
    And the ring is in round 2
