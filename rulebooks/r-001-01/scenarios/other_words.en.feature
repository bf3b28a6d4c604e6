Feature: The same rules in other words
  Background:
    Given the order is "A, B, C"

  @1
  Scenario: four groups
    When four new groups walk in one after another and each receiver is free
    Then "A, B, C, A" receive, because of clause "1"
    And "B" is next

  @1
  Scenario: order one by one
    When at 9:30 a new client "X" arrives
    Then "A" receives
    When at 9:40 new client "Y" walks in
    Then "B" receives

  @2
  Scenario: not on the rotation
    Given "D" is not on today's rotation
    When at 09:30 new client "X" arrives, whom the supervisor assigns to "D"
    Then it is refused, because of clause "2"

  @3
  Scenario: phoned last week
    Given "B" phoned "X" last week
    When at 09:30 "X" arrives and names nobody
    Then "A" receives, because of clause "3"
    And "A"'s turn is consumed

  @3
  Scenario: phoned last week and names
    Given "B" phoned "X" last week
    When at 09:30 "X" arrives and names "B"
    Then "B" receives, because of clause "3"
    And "A" stays on turn

  @4
  Scenario: late
    Given the shift of "A" is 09:00 to 18:00
    And "A" has not signed in
    When at 09:05 new client "X" arrives
    Then "B" receives
    When "A" signs in at 09:10
    And at 09:20 new client "Y" arrives
    Then "A" receives

  @8
  Scenario: old client
    Given "W" is an open client of "A"
    When at 09:30 old client "W" arrives
    Then "A" receives, because of clause "8"
    And no turn is used
    When at 09:40 new client "X" arrives
    Then "B" receives
    And "A" has a make-up

  @12
  Scenario: permission
    Given the order is "A, B"
    When at 09:30 new client "X" arrives
    And at 09:31 new client "Y" arrives
    And at 09:32 new client "Z" arrives
    Then "Z" waits
    When the project manager permits "A" one more new client
    Then "Z" is received by "A"
    And a turn of "A" is used

  @15
  Scenario: found
    When at 09:30 new client "X" arrives
    And at 09:40 "X" is found to be "B"'s client
    Then "B" receives, because of clause "15"
    And "A" has 1 priority make-up
    When at 09:45 new client "Y" arrives
    Then "A" receives

  @8
  Scenario: an open client of one's own, said as the regulation says it
    Given "W" is an unclosed old customer of "A"
    When "W" visits at 10:00
    Then "A" receives "W", because of clause "8"
    And the visit does not count as a turn
    When another new visitor "X" arrives at 10:05
    Then "B" receives "X"
    And "A" keeps the right to one make-up turn

  @14
  Scenario: the last in the order stands in
    Given the reception order table is "A, B, C, D"
    And "W" is an unclosed old customer of "A"
    When new visitor "X" arrives at 10:00
    And "W" arrives at 10:05
    Then "A" is asked
    When "A" names no one
    Then "D" is called as stand-in
    And "W" stays "A"'s customer

  @16
  Scenario: the colleague is off
    Given "B" is off today
    When new visitor "X" arrives at 10:00
    And at 10:10 "A" finds that "X" is "B"'s old customer
    Then "B" is called
    When "B" names "C"
    Then "C" receives "X"
    And "X" stays "B"'s
