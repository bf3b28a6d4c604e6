# language: en
Feature: Whose client, said in English

  @33
  Scenario: A referral that names somebody, and one that does not
    Given "Li" is "A"'s open client
    When "B" receives new client "Zhao", introduced by "Li", names "A"
    Then "Zhao" is "A"'s, because of clause "33"
    When "B" receives new client "Qian", introduced by "Li", names nobody
    Then "Qian" is "B"'s, because of clause "33"

  @28
  Scenario: A son is the same client, a brother is not
    Given "Wang" is "A"'s open client
    And "Junior" is "Wang"'s son
    And "Bro" is "Wang"'s brother
    When "B" receives client "Junior", names nobody
    Then "Junior" is "A"'s, because of clause "28"
    When "B" receives client "Bro", names nobody
    Then "Bro" is "B"'s

  @70
  Scenario: Leaving with two clients left
    Given setting "attribution.handover.validity_restarts" is true
    And "A" has 40 clients
    And "A" is leaving
    When the supervisor gives 38 of "A"'s clients to "B"
    Then "A" cannot be cleared for leaving, because of clause "70"
    And "A" still has 2 clients to hand over
