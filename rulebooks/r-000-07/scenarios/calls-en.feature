# language: en
Feature: Call register

  @12
  Scenario: A call without what must be recorded stays open
    When at 10:00 "A" answers a call of "Wang"
    And at 10:04 "A" hangs up
    And "A" files the call register of "Wang" without "feedback"
    Then the record is incomplete, because of clause "12"
    And it lacks "feedback"
    And "A" has 1 open form
    When "A" completes what the call register of "Wang" lacks
    Then "A" has no open forms
