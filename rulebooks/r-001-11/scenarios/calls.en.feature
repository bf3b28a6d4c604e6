Feature: Calls by turns

  Background:
    Given the order is "A, B, C"

  @10
  Scenario: The report alone does not bring anybody back
    Given "A" converted nobody this month
    When the next month begins
    And "A" files the report
    Then "A" is still off the ring
    When "A" passes the exam
    Then "A" is back in the ring, because of clause "10"

  @9
  Scenario: Exactly ten percent stays in
    Given the conversion rate of "A" is 10% this month
    When the next month begins
    Then "A" is in the ring

  @18
  Scenario: One attempt only
    Given "C" has the lowest success rate of the month
    When the next month begins
    And "C" fails the exam
    Then "C" is off the ring
    When "C" passes the exam
    Then it is refused, because of clause "18"

  @17
  Scenario: Untrained people join once they have passed
    Given "A" has not passed the training
    When a new client calls
    Then "B" receives, because of clause "17"
    When at 10:00 "A" passes the training
    And at 10:05 a new client calls
    Then "A" receives

  @19
  Scenario: A wrong number uses no turn
    When "Wang" calls
    And "Wang" is marked as a wrong number
    Then "A" is on turn, because of clause "19"

  @12
  Scenario: Who goes on leave is asked for a delegate
    When "A" leaves on leave
    Then "A" is asked to name a delegate, because of clause "12"
