Feature: Greeting by slots of time

  Background:
    Given setting "rotation.hours.start" is "09:00"
    And it is 08:50
    And the sign-in order is "A, B, C, D"

  @1
  Scenario: One greeter at a time, fifteen minutes each
    When the time comes to 09:14
    Then "A" is the greeter
    When the time comes to 09:15
    Then "B" is the greeter
    And "A" is not the greeter

  @2
  Scenario: No registration, no closing
    When at 09:05 new client "Wang" arrives
    And at 09:30 "A" closes the reception without a registration
    Then it is refused, because of clause "2"
    When "A" registers the visitor
    And at 09:31 "A" closes the reception
    Then "C" is the greeter

  @7
  Scenario: The time of arrival decides
    When at 09:10 new client "Wang" arrives
    Then "A" receives, because of clause "7"
    And "Wang" is "A"'s
    And "Wang" is not "B"'s

  @13
  Scenario: The one asked for is off
    Given "B" is off duty today
    When at 09:05 client "Wang" arrives, asks for "B"
    Then "A" receives, because of clause "13"
    And "Wang" is "B"'s
