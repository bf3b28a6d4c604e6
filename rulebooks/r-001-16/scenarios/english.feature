# language: en
Feature: Two tables of turns, and old clients

  Background:
    Given the order is "A, B, C"

  @1 @11
  Scenario: A call uses a turn for calls only
    When at 09:30 new client "Wang" calls
    Then "A" receives, because of clause "11"
    And "B" is on turn for calls
    When at 09:35 "Wang" leaves
    Then "A" is on turn

  @9 @4
  Scenario: A family is one new client
    When at 09:30 new client "Wang" arrives, a group of 4
    Then "A" receives, because of clause "9"
    And "A" uses 1 turns
    And "Wang" is "A"'s, because of clause "4"

  @7
  Scenario: A caller who names somebody is outside the rotation
    When at 09:30 new client "Wang" arrives, phoned before, names "B"
    Then "B" receives, because of clause "7"
    And no turn is used
    And "A" is on turn

  @10
  Scenario: The turn missed with an old client is made up with priority
    Given "Chen" is "A"'s open client
    When at 09:30 old client "Chen" arrives
    And at 09:40 new client "Wang" arrives
    Then "Wang" is received by "B", because of clause "10"
    And "A" has 1 priority make-up
    When at 10:00 "Chen" leaves
    And at 10:05 "Wang" leaves
    Then next in turn are "A, C, A, B"

  @12
  Scenario: A referral uses a turn of the original salesperson
    Given "Chen" is "A"'s open client
    When 1 new clients arrive one after another, each seen off before the next
    And at 09:30 new client "Wang" arrives, introduced by "Chen"
    Then "A" receives, because of clause "12"
    And a turn of "A" is used
    And "B" is on turn

  @15
  Scenario Outline: Five minutes of absence for another reason than work
    Given "A" leaves at 10:00 for a moment
    When at 10:03 new client "Wang" arrives
    Then "B" receives, because of clause "15"
    When "A" is back at <back>
    Then "A" has <number> ordinary make-ups
    Examples:
      | back  | number |
      | 10:05 | 1      |
      | 10:06 | 0      |

  @17
  Scenario Outline: Recognised within ten minutes
    When at 10:00 new client "Wang" arrives
    And at <time> "Wang" is found to be "B"'s old client
    Then "Wang" is received by "<receiver>", because of clause "17"
    Examples:
      | time  | receiver |
      | 10:09 | B        |
      | 10:11 | A        |

  @24
  Scenario: One turn in two rounds
    When the supervisor confirms "B" picking
    Then next in turn are "A, B, C, A, C, A, B, C", because of clause "24"
