# language: en
Feature: Calls on the day of the visit, key clients, and when to stop

  Background:
    Given setting "follow_up.calendar.shift_ends" is "18:00"
    And setting "follow_up.on.visit.remind_minutes" is "30"
    And setting "follow_up.end.next_days" is "7"

  @20.1
  Scenario: Called before the end of the shift, or missed
    When at 11:00 "Wang" visits "A"
    Then "Wang"'s task is due by 18:00
    When it is 17:30
    Then "A" is reminded of "Wang", because of clause "20.1"
    When at 18:00 "A" calls "Wang"
    Then it is on time

  @20.4
  Scenario: The day before a festival
    Given "Wang" is looked after by "A"
    And "Wang" is a key client
    And tomorrow is "Mid-Autumn"
    When the day opens
    Then "A" has a task for "Wang": "holiday", because of clause "20.4"

  @21.5
  Scenario: Only a clear refusal ends it
    Given "Wang" is looked after by "A"
    When "A" gives up "Wang", who has not refused
    Then following "Wang" up goes on, because of clause "21.5"
    When "A" gives up "Wang", who refused clearly
    Then following "Wang" up ends
