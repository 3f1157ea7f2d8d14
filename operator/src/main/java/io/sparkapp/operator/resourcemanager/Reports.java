package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.util.List;
import java.util.Optional;

/** Compares what is reported of an application with what was reported before. */
final class Reports {

  private Reports() {}

  /**
   * Whether there is nothing new in it. What was written down of earlier decisions is not looked
   * at, for the decisions themselves are known; nor how many executors are idle, which changes all
   * the time and counts only for a pass that takes some back.
   */
  static boolean same(ApplicationDemand before, ApplicationDemand now) {
    return essence(before).equals(essence(now));
  }

  private static ApplicationDemand essence(ApplicationDemand demand) {
    List<Ask> asks =
        demand.asks().stream()
            .map(
                ask ->
                    new Ask(
                        ask.profile(),
                        ask.size(),
                        ask.wanted(),
                        0,
                        ask.held(),
                        ask.leaving(),
                        0,
                        Optional.empty()))
            .toList();
    return new ApplicationDemand(
        demand.id(),
        demand.queue(),
        Optional.empty(),
        demand.user(),
        demand.priority(),
        demand.submitted(),
        demand.driver(),
        demand.gang(),
        asks,
        false);
  }
}
