# language: en
Feature: Visitor slips

  Background:
    Given setting "registers.visitor_slip.past_time" is "next_day"

  @4
  Scenario Outline: In time at half past six, late a minute after
    When "A"'s reception of "Wang" ends at 15:00
    And at <time> "A" hands in the visitor slip of "Wang"
    Then a fine of <fine> yuan is proposed for "A", because of clause "4"
    Examples:
      | time  | fine |
      | 18:30 | 0    |
      | 18:31 | 20   |
