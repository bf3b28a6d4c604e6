Feature: The same rules in other words
  Background:
    Given setting "rotation.breach.grab.suspend_from" is "at_once"

  @2
  Scenario: grabs
    Given the sign-in order is "A, B, C"
    When "A" grabs "C"'s customer
    And the supervisor confirms "A" grabbing
    Then "A" is out of the ring
    When three new clients arrive one after another, each seen off before the next
    Then the receivers are "B, C, B"

  @3
  Scenario: late
    Given the sign-in order is "A, B, C, D"
    When "E" signs in at 09:20
    Then the order is now "A, B, C, D, E"

  @11
  Scenario: private errand
    Given the sign-in order is "A, B, C"
    And "A" is out for a private errand
    When at 10:00 new customer "X" arrives
    Then "B" receives, because of clause "11"
    And "A" is out of the ring

  @12
  Scenario: at the bank
    Given the sign-in order is "A, B, C"
    And "A" is out on company business
    When at 10:00 new visitor "X" arrives
    Then "B" receives
    When the sales supervisor confirms the outing of "A"
    Then the order is now "B, C, A"
    And next in turn are "C, A, B"

  @13
  Scenario: busy with an own client
    Given the sign-in order is "A, B, C"
    And "W" is an old client of "A"
    When at 09:00 old client "W" comes
    And at 09:10 new client "X" comes
    Then "B" receives, because of clause "13"
    When "A" has finished
    Then next in turn are "C, A, B"
