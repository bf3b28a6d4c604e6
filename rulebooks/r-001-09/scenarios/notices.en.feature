Feature: People are told of receptions in advance

  Background:
    Given it is 08:00
    And the sign-in order is "A, B"

  @5
  Scenario: An internal visit on Friday
    When "B" is to receive an internal visitor on Friday
    Then "B" is notified of the reception, because of clause "5"
    And "A" is not notified of the reception

  @6
  Scenario: A partner: told at once and the day before
    When "A" is to receive a partner in 3 days
    Then "A" is notified of the reception, because of clause "6"
    When 2 days later the site opens
    Then "A" is notified of the reception, because of clause "6"
