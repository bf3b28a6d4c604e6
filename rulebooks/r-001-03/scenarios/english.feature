# language: en
Feature: Reception by sign-in, standing duty backwards

  @1 @7
  Scenario: New clients are received in sign-in order and marked on the sheet
    Given the sign-in order is "A, B, C, D"
    When at 09:30 new client "Wang" arrives
    Then "A" receives, because of clause "7"
    And a turn of "A" is used
    And the sheet shows that "A" received at 09:30
    And "Wang" is "A"'s
    And "B" is on turn

  @2
  Scenario: A grabs C's client and is off receptions for one day
    Given the sign-in order is "A, B, C, D"
    And setting "rotation.breach.grab.suspend_from" is "at_once"
    When the supervisor confirms "A" grabbing
    Then "A" is suspended, because of clause "2"
    And next in turn are "B, C, D, B"
    When the next day opens and the sign-in order is "A, B, C, D"
    Then "A" may receive

  @3 @4
  Scenario: D stands first; leaving the post costs a day of receptions
    Given the sign-in order is "A, B, C, D"
    Then "D" stands at the door, because of clause "3"
    When the supervisor confirms "D" leaving the standing post
    Then "D" is suspended, because of clause "4"

  @6
  Scenario: Somebody contacted before is received by whom they know
    Given the sign-in order is "A, B, C, D"
    When at 09:30 new client "Wang" arrives, in touch with "C" before
    Then "C" receives, because of clause "6"
    And no turn is used
    And "A" is on turn

  @9
  Scenario: The time of standing that a reception cuts short is made up after it
    Given setting "rotation.standing.slot_minutes" is 30
    And it is 10:00
    And the sign-in order is "A, B, C, D"
    When 3 new clients arrive one after another, each seen off before the next
    And at 10:18 new client "Wang" arrives
    Then "D" receives
    And "C" stands at the door until 10:48, because of clause "9"
    And "D" owes 12 minutes of standing
    When at 10:40 "Wang" leaves
    Then "D" stands at the door until 10:52, because of clause "9"

  @10
  Scenario: Whoever has stood has the span written down
    Given setting "rotation.standing.slot_minutes" is 30
    And it is 10:00
    And the sign-in order is "A, B, C, D"
    When the time comes to 10:30
    Then the standing record shows "D" from 10:00 to 10:30, because of clause "10"

  @11
  Scenario: Out on private business when the turn comes
    Given the sign-in order is "A, B, C, D"
    And "A" leaves at 09:20 on private business
    When at 09:30 new client "Wang" arrives
    Then "B" receives, because of clause "11"
    And "A" is suspended
    And "A" has no make-up

  @12
  Scenario: Out on business, confirmed by the supervisor
    Given the sign-in order is "A, B, C, D"
    And "A" leaves at 09:20 on business
    When at 09:30 new client "Wang" arrives
    Then "B" receives, because of clause "12"
    When the supervisor confirms the outing of "A"
    Then the order is now "B, C, D, A", because of clause "12"
    And next in turn are "C, D"

  @13
  Scenario: Busy with an own client when the turn comes
    Given the sign-in order is "A, B, C, D"
    And "Chen" is "A"'s open client
    When at 09:30 old client "Chen" arrives
    And at 09:40 new client "Wang" arrives
    Then "Wang" is received by "B", because of clause "13"
    And the order is now "B, C, D, A"
