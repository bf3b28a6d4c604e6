# language: en
Feature: The agreed time and manner

  Background:
    Given setting "follow_up.on.promise.grace_minutes" is "15"
    And "Wang" is looked after by "A"

  @16
  Scenario: Interested, and nothing agreed
    When "A" marks "Wang" interested without "next time"
    Then saving is refused, lacking "next time", because of clause "16"

  @17
  Scenario: Late, and in another manner
    When on 5 March "A" agrees with "Wang" on "a call" on 6 March at 15:00
    And on 6 March at 15:00 "A" sends "Wang" a message
    Then the manner is not kept, because of clause "17"
    When at 15:20 "A" calls "Wang"
    Then it is late
