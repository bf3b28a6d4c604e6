Feature: The salespeople agree on the reward among themselves

  Background:
    Given setting "commission.negotiation.days" is 7
    And setting "commission.negotiation.fallback" is "owner"

  @13
  Scenario: Both enter 60/40 and confirm
    Given "B" is entrusted by "A" to receive "Wang"
    When "B" closes the deal with "Wang", commission ¥10,000
    Then the split waits for both confirmations, because of clause "13"
    When "A" and "B" both confirm 60/40
    Then "A" gets ¥6,000, because of clause "13"
    And "B" gets ¥4,000

  @13
  Scenario: Without an agreement it is all the owner's, with a flag
    Given "B" is entrusted by "A" to receive "Wang"
    When "B" closes the deal with "Wang"
    And 8 days later
    Then "A" gets 100%
    And the split is flagged as not agreed
