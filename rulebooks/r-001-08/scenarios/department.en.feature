# language: en
Feature: The sales department's rules, in English

  Background:
    Given setting "rotation.make_up.ordinary_place" is "at_once"
    And the order is "A, B, C"

  @3
  Scenario: The first walks off, and the turn is emptied
    Given "A" leaves at 09:20 unreported
    When at 09:30 new client "X" arrives
    Then "B" receives, because of clause "3"
    And "A" loses the turn
    And "A" has no make-up

  @4
  Scenario: The second moves up when the first is away
    When "A" leaves at 09:20 unreported
    Then "B" is told to move up, because of clause "4"

  @6
  Scenario: Strictly in order
    When 4 new clients arrive one after another, each seen off before the next
    Then the receivers are "A, B, C, A", because of clause "6"

  @7
  Scenario: Who is next is told to check in at the post
    When at 09:30 new client "X" arrives
    Then "B" is told to check in, because of clause "7"
    And "B" is not at the post

  @8
  Scenario Outline: An outing earns a make-up only with approval
    Given "A" leaves at 09:20 on business, <approval>
    When at 09:30 new client "X" arrives
    Then "B" receives, because of clause "8"
    When "A" is back at 09:40
    Then "A" has <number> ordinary make-ups
    Examples:
      | approval | number |
      | approved | 1      |
      | refused  | 0      |

  @9
  Scenario: Leave empties the turn
    Given "A" leaves at 09:20 on leave
    When at 09:30 new client "X" arrives
    Then "B" receives, because of clause "9"
    And "A" loses the turn

  @10
  Scenario: A leaflet counts as a reception
    When at 09:30 visitor "X" arrives, for material only
    Then "A" receives, because of clause "10"
    And a turn of "A" is used

  @11
  Scenario: An assigned delegation leaves the turn alone
    When at 09:30 visitor "X" arrives, whom the supervisor assigns to "C"
    Then "C" receives, because of clause "11"
    And no turn is used
    And "A" is on turn

  @12
  Scenario: A market survey is made up once it is verified
    When at 09:30 visitor "X" arrives, who surveys the market
    Then a turn of "A" is used
    When at 09:40 "X" leaves
    Then the make-up of "A" is not open yet, because of clause "12"
    When the supervisor verifies the make-up of "A"
    Then "A" has 1 ordinary make-up, because of clause "12"
    And next in turn are "A, B, C"

  @13 @18
  Scenario: Standing in by the order, made up afterwards
    Given "X" is "C"'s old client
    And "C" has not signed in
    When at 09:30 old client "X" arrives
    Then "A" receives, because of clause "13"
    And "C" is told that their client was received, because of clause "18"
    When at 10:00 "X" leaves
    Then "A" has 1 ordinary make-up, because of clause "18"

  @19
  Scenario: Handed back on recognising the first receiver
    When at 09:30 new client "X" arrives
    And at 09:40 "X" is found to be "B"'s old client
    Then "X" is received by "B", because of clause "19"

  @20
  Scenario: Claims to be new, received as new
    When at 09:30 new client "X" arrives
    Then "A" receives, because of clause "20"
    And a turn of "A" is used
