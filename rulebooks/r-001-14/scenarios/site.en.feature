# language: en
Feature: Rotation on site, in English

  Background:
    Given setting "rotation.make_up.ordinary_place" is "at_once"
    And today's roster is "A, B, C"

  @1
  Scenario: Four groups by the roster of the day
    When 4 new clients arrive one after another, each seen off before the next
    Then the receivers are "A, B, C, A", because of clause "1"

  @3
  Scenario: A courier is seen to by whom the person on turn names
    When at 09:30 visitor "X" arrives, not to view, whom the person on turn passes to "C"
    Then "C" receives, because of clause "3"
    And "A" is on turn

  @5
  Scenario: Only the manager sets the order
    When the supervisor sets the order to "B, A, C"
    Then it is refused as "may_not_set_order", because of clause "5"

  @6
  Scenario: Post B asks, post A receives
    When at 09:30 new client "X" arrives
    Then "B" is told to ask the questions, because of clause "6"
    And "A" receives

  @7
  Scenario: Who comes to post A is told to check in
    When at 09:30 new client "X" arrives
    Then "B" is told to check in, because of clause "7"

  @8
  Scenario: Leaving without permission is made up by nothing
    Given "A" leaves at 09:20 unreported
    When at 09:30 new client "X" arrives
    Then "B" receives, because of clause "8"
    And "A" has no make-up

  @9
  Scenario Outline: Waiving after more than half an hour
    Given "A" has not signed in
    And "A" signs in at 09:00
    When at <time> "A" gives the turn up
    Then "B" is on turn, because of clause "<clause>"
    And "A" has given up <times> times today
    Examples:
      | time     | clause | times |
      | 09:30:00 | 10     | 1     |
      | 09:30:01 | 9      | 0     |

  @10
  Scenario: The second voluntary give-up of a day suspends
    Given "A" has not signed in
    And "A" signs in at 09:00
    When at 09:05 "A" gives the turn up
    Then "A" may receive
    When 2 new clients arrive one after another, each seen off before the next
    And at 09:20 "A" gives the turn up
    Then "A" is suspended, because of clause "10"

  @11
  Scenario: Leave empties the turn
    Given "A" leaves at 14:00 on leave
    When at 15:00 new client "X" arrives
    Then "B" receives, because of clause "11"
    And "A" loses the turn

  @12
  Scenario Outline: Five minutes do not count
    When at 09:30 new client "X" arrives
    And at <leaves> "X" leaves
    Then "<next>" is on turn, because of clause "12"
    Examples:
      | leaves   | next |
      | 09:35:00 | A    |
      | 09:35:01 | B    |

  @13
  Scenario: A colleague of the same team stands in, outside the order
    Given "B, C" are in team "one"
    And "X" is "C"'s old client
    And "C" has not signed in
    When at 09:30 old client "X" arrives
    Then "B" receives, because of clause "13"
    And no turn is used
    And "A" is on turn

  @14
  Scenario: After hours whoever is on duty receives, then anybody
    Given setting "rotation.hours.end" is "18:00"
    And "C" is on duty today
    When at 19:00 new client "X" arrives
    Then "C" receives, because of clause "14"
    When at 19:10 new client "Y" arrives
    Then "Y" is received by "A", because of clause "14"
    And no turn is used
