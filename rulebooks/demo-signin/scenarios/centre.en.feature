# language: en
Feature: A morning at the Lanwan centre

  Background:
    Given the sign-in order is "A, B, C"

  @1 @site-1
  Scenario: By the sign-in, answered within sixty seconds
    When at 09:30 new client "Wang" arrives
    Then "A" receives, because of clause "1"
    And the answer is due by 09:31:00, because of clause "site-1"

  @12
  Scenario: Out on business and confirmed, to the end of the order
    Given "A" leaves at 09:20 on business, approved
    When at 09:30 new client "Wang" arrives
    Then "B" receives, because of clause "12"
    And the order is now "B, C, A"

  @site-8
  Scenario: After hours whoever is on duty receives
    Given "C" is on duty today
    When at 18:01 new client "Wang" arrives
    Then "C" receives, because of clause "site-8"
    And no turn is used
