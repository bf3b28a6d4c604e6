# language: en
Feature: Secretaries assign by the posted table

  Background:
    Given the order is "A, B, C, D"

  @1
  Scenario: The sales staff do not assign
    Given the "consultant" acts
    When at 09:30 new client "Wang" arrives
    Then it is refused as "may_not_deal", because of clause "1"

  @4 @12
  Scenario: By the table, for the first who receives
    When at 09:30 new client "Wang" arrives
    Then "A" receives, because of clause "4"
    And "Wang" is "A"'s, because of clause "12"

  @3
  Scenario: Monday the first batch, Tuesday the second
    Given "A, B" are batch 1
    And "C, D" are batch 2
    Then next in turn are "A, B, A"
    When the next day opens and the sign-in order is "A, B, C, D"
    Then next in turn are "C, D, C"

  @5
  Scenario: Turns carry over to the next day
    When 2 new clients arrive one after another, each seen off before the next
    And the next day opens and the sign-in order is "A, B, C, D"
    Then next in turn are "C, D, A, B"
    And "A" has had 1 turns in all

  @6 @8
  Scenario: Not found within a minute
    When at 10:00 new client "Wang" arrives
    And the time comes to 10:01
    Then "B" receives, because of clause "6"
    And "A" loses the turn
    And "A" has no make-up

  @7
  Scenario: Busy with an own old client, made up on notice
    Given "Chen" is "A"'s open client
    When at 10:00 old client "Chen" arrives
    And at 10:10 new client "Wang" arrives
    Then "Wang" is received by "B", because of clause "7"
    And the make-up of "A" is not open yet
    When "A" tells the secretary at 11:00
    Then next in turn are "A, C, D"

  @11 @13
  Scenario: Evening duty uses no turn
    When at 18:10 new client "Wang" arrives
    Then "A" receives, because of clause "13"
    And no turn is used
    When the next day opens and the sign-in order is "A, B, C, D"
    Then "A" is on turn
