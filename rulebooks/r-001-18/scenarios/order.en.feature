Feature: The order, grounds and a rush

  Background:
    Given the order is "A, B, C"

  @7
  Scenario: A special client is given to somebody else, with a reason
    When at 10:00 the supervisor reassigns "Wang" to "C", for the reason "a foreign buyer"
    Then "C" receives, because of clause "7"
    And "A" is on turn
    And the manager sees the override

  @84
  Scenario: No ground, no suspension
    When the supervisor takes "A" out of the ring
    Then it is refused, because of clause "84"
    When the supervisor takes "A" out of the ring on the ground "unwell"
    Then "A" is off the ring

  @15
  Scenario: In a rush the order is left aside
    When the supervisor declares a rush
    And "C" claims "Wang"
    Then "C" receives, because of clause "15"
    And "A" is on turn

  @10
  Scenario: Last month's sales give the order
    Given setting "rotation.order.source" is "last_month_rank"
    And setting "rotation.order.carry_over" is "reset"
    And "A" sold 1 last month
    And "B" sold 3 last month
    And "C" sold 2 last month
    When the next day opens
    Then the order is now "B, C, A", because of clause "10"
