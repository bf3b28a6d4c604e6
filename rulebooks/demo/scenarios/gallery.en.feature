# language: en
Feature: A morning at the Yunqi Terrace gallery

  Background:
    Given the order is "A, B, C"

  @1 @site-1
  Scenario: By the order, answered within sixty seconds
    When at 09:30 new client "Wang" arrives
    Then "A" receives, because of clause "1"
    And a turn of "A" is used
    And the answer is due by 09:31:00, because of clause "site-1"

  @site-4
  Scenario: An approved outing earns a make-up, used at once
    Given "A" leaves at 09:20 on business, approved
    When at 09:30 new client "Wang" arrives
    Then "B" receives, because of clause "site-4"
    And "A" has 1 ordinary make-up
    When "B" accepts
    And "A" is back at 09:40
    Then next in turn are "A, C, A"

  @8
  Scenario: An own client uses no turn, and the turn missed is made up
    Given "Chen" is "A"'s open client
    When at 09:30 old client "Chen" arrives
    Then "A" receives, because of clause "8"
    And no turn is used
    When at 09:40 new client "Wang" arrives
    Then "B" receives
    And "A" has 1 ordinary make-up

  @site-9
  Scenario: After hours whoever is on duty receives
    Given setting "rotation.hours.start" is "09:00"
    Given setting "rotation.hours.end" is "18:00"
    Given "C" is on duty today
    When at 18:01 new client "Wang" arrives
    Then "C" receives, because of clause "site-9"
    And no turn is used
