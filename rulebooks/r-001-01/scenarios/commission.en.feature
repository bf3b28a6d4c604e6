Feature: A deal with the client of a colleague who could not be reached

  @17
  Scenario: Closed the same day, it is split half and half
    Given "A" cannot reach "B" and carries on with "Wang"
    When "Wang" signs the same day, commission ¥3,000
    Then "A" gets 1/2 and "B" gets 1/2, because of clause "17"
    And "A" gets ¥1,500

  @17
  Scenario: Signed the next day, it is all the owner's
    Given "A" cannot reach "B" and carries on with "Wang"
    When the next day, "A" closes the deal of "Wang"
    Then "B" gets 100%, because of clause "17"
    And "A" gets nothing
