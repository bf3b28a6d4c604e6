Feature: The order of first arrival, and standing at the door

  @1
  Scenario: A newcomer comes last, and the next day changes nothing
    Given the sign-in order is "B, A"
    And "E" signs in at 10:20
    When the next day opens and the sign-in order is "E, A, B"
    Then the order is now "B, A, E"

  @2
  Scenario: Nobody at the post at nine
    Given it is 08:30
    And the sign-in order is "B, A"
    When the time comes to 09:00
    Then "B" stands at the door
    And the manager is told that nobody is at the post, because of clause "2"

  @3
  Scenario: The next stands a whole half hour
    Given it is 08:50
    And the sign-in order is "B, A"
    When at 09:20 new client "Wang" arrives
    Then "B" receives
    And "A" stands at the door until 09:50, because of clause "3"

  @4
  Scenario: The next one is told at once
    Given it is 08:50
    And the sign-in order is "B, A"
    When at 09:20 new client "Wang" arrives
    Then "A" is told to stand, because of clause "4"
