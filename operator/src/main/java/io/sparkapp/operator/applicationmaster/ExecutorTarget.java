package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.operator.resourcemanager.Allocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which executors to create and which to cancel so that what is there meets what was granted. As in
 * {@code YarnAllocator.updateResourceRequests}, a lower total cancels executors that have not
 * started and never ends one that runs. Pods that are still on their way out take part of what was
 * granted, there are never more than that; but for those that were taken back, which were counted
 * out of it.
 *
 * @param create ids and asks of the executors to create
 * @param cancel pods of executors that are not wanted any more and have not started
 * @param lastId the highest executor id given out once these are created
 */
record ExecutorTarget(List<NewExecutor> create, List<String> cancel, int lastId) {

  /** An executor to create. */
  record NewExecutor(int id, Ask ask) {}

  static ExecutorTarget of(List<Ask> asks, Allocation allocation, ExecutorLedger ledger) {
    List<NewExecutor> create = new ArrayList<>();
    List<String> cancel = new ArrayList<>();
    int lastId = ledger.lastId();
    for (Ask ask : asks) {
      List<ExecutorPodView> live = ledger.liveOf(ask.profile());
      int granted = allocation.granted(ask.profile());
      int target = Math.min(ask.total(), granted);
      // What was taken back is not part of what is granted: its room is another's.
      boolean takenBack =
          allocation.reclaim().stream().anyMatch(each -> each.profile() == ask.profile());
      int room = takenBack ? granted : granted - ledger.leaving(ask.profile());
      for (int missing = Math.min(target, room) - live.size(); missing > 0; missing--) {
        create.add(new NewExecutor(++lastId, ask));
      }
      live.stream()
          .filter(ExecutorPodView::pending)
          .sorted(Comparator.comparingInt(ExecutorPodView::id).reversed())
          .limit(Math.max(0, live.size() - target))
          .map(ExecutorPodView::pod)
          .forEach(cancel::add);
    }
    return new ExecutorTarget(List.copyOf(create), List.copyOf(cancel), lastId);
  }
}
