package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;

/** What was last reported of one pod; a state that is not new is not reported again. */
final class PodReport {
  private final NodeServices node;
  private List<PodCondition> conditions;
  private PodStatus reported;
  private boolean muted;

  PodReport(NodeServices node, Pod pod) {
    this.node = node;
    this.conditions = pod.getStatus().getConditions();
  }

  void report(Pod pod, PodView view) {
    if (muted) {
      return;
    }
    PodStatus status = PodStatuses.of(view, conditions, node.clock().instant());
    if (!status.equals(reported)) {
      reported = status;
      conditions = status.getConditions();
      node.statuses().report(pod, status);
    }
  }

  /** The pod is to go; its object is removed after what was reported before. */
  void deleteObject(Pod pod) {
    if (!muted) {
      node.statuses().delete(pod);
    }
  }

  /** From now on nothing is said any more: nobody is there who would listen. */
  void mute() {
    muted = true;
  }
}
