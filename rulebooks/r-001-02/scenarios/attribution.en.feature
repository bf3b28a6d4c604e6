# language: en
Feature: Whose client, said in English

  @11
  Scenario: Invited by telephone
    When "A" receives new client "Wang", invited by "B"
    Then "Wang" is "B"'s, because of clause "11"

  @9
  Scenario: An old client names somebody else
    Given "Wang" is "A"'s open client
    When "C" receives old client "Wang", names "B"
    Then "Wang" is "B"'s, because of clause "9"

  @10
  Scenario: Introduced, and the contact holder away
    Given "Li" is "A"'s closed client
    When "B" receives new client "Zhao", introduced by "Li"
    Then "Zhao" is disputed, because of clause "10"
