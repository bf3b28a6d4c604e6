Feature: How commission is shared

  @13
  Scenario: An introduced client, the original salesperson away
    Given "Zhao" is referred by "A"'s client "Wang"; "A" is absent and "B" receives
    When "B" closes the deal with "Zhao", commission ¥3,000
    Then "B" gets ¥2,000, because of clause "13"
    And "A" gets ¥1,000

  @18
  Scenario: The first receiver's shift misses the client
    Given "A" receives "Wang" for the first time
    And "A" is on another shift and "B" receives "Wang"
    When "B" closes the deal with "Wang", commission ¥6,000
    Then "A" gets 1/3 and "B" gets 2/3, because of clause "18"
    And "A" gets ¥2,000 and "B" gets ¥4,000

  @19
  Scenario: Moved over the quality of service
    Given "Wang" is moved from "A" to "B" over the quality of service
    When "B" closes the deal with "Wang"
    Then "B" gets 100%, because of clause "19"
    And "A" gets no commission
