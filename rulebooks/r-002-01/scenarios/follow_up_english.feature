# language: en
Feature: Outcomes and regular calls

  Background:
    Given the revisit interval is 30 days

  @11
  Scenario: No next number before the outcome is filed
    When at 10:00 "A"'s call with "Wang" ends
    And "A" asks for the next number
    Then the next number is withheld, because of clause "11"
    When "A" saves the complete "call" record of "Wang"
    And "A" asks for the next number
    Then the next number is given

  @12
  Scenario: Thirty days after the last call
    When on 1 March "A" calls "Wang"
    And 31 March comes
    Then "Wang" is on "A"'s revisit list, because of clause "12"
    When 30 days pass
    Then "Wang" is due
