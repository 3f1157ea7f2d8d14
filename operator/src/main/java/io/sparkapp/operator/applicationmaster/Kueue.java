package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/**
 * Kueue: it holds pods back by a scheduling gate until its quota has room, a group of pods all at
 * once, and leaves nodes to the scheduler. It waits until a group is complete, and deletes pods
 * that are too many; so the group is those pods that an attempt starts with, and none that come
 * later.
 *
 * <p>A group is over when as many pods have succeeded as it has, or, for executors are ended by the
 * operator, when none of them runs any more and one of them says that none will take its place.
 *
 * @see <a href="https://kueue.sigs.k8s.io/docs/tasks/run/plain_pods/">Plain pods</a>
 * @see <a
 *     href="https://github.com/kubernetes-sigs/kueue/tree/main/keps/976-plain-pods#tracking-admitted-and-finished-pods">When
 *     a group is over</a>
 * @param queue a LocalQueue of the application's namespace
 */
record Kueue(String queue) implements OtherScheduler {

  private static final String QUEUE = "kueue.x-k8s.io/queue-name";
  private static final String GROUP = "kueue.x-k8s.io/pod-group-name";
  private static final String TOTAL = "kueue.x-k8s.io/pod-group-total-count";
  private static final String RETRIABLE = "kueue.x-k8s.io/retriable-in-group";

  @Override
  public BatchMarks each(String name) {
    return BatchMarks.labels(Map.of(QUEUE, queue));
  }

  @Override
  public BatchMarks driver(String name, Pod driver, List<Pod> executors) {
    String total = Integer.toString(executors.size() + 1);
    return new BatchMarks(null, Map.of(GROUP, name), Map.of(TOTAL, total, RETRIABLE, "false"));
  }

  @Override
  public BatchMarks executor(Pod driver) {
    String group = driver.getMetadata().getLabels().get(GROUP);
    return new BatchMarks(
        null, Map.of(GROUP, group), Map.of(TOTAL, OtherScheduler.annotation(driver, TOTAL)));
  }
}
