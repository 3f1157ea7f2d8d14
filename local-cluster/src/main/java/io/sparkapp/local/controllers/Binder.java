package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of a cluster of one node: binds each pod that fits, oldest first within a priority,
 * and says of the others why they wait. One pass at a time, over all pods.
 */
final class Binder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Binder.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String SCHEDULER = "default-scheduler";

  private static final Comparator<Pod> ORDER =
      Comparator.comparingInt(
              (Pod pod) -> pod.getSpec().getPriority() == null ? 0 : -pod.getSpec().getPriority())
          .thenComparing(pod -> pod.getMetadata().getCreationTimestamp())
          .thenComparing(pod -> pod.getMetadata().getName());

  private final KubernetesClient client;
  private final String nodeName;
  private final SchedulerEvents events;
  private final KeyedQueue<String> passes;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Node> nodes;

  /** Pods that are bound but that the informer still shows without a node; by UID. */
  private final Map<String, Pod> assumed = new HashMap<>();

  /** What was last said of a pod that waits, by UID, so that each reason is said once. */
  private final Map<String, String> said = new HashMap<>();

  Binder(KubernetesClient client, String nodeName) {
    this.client = client;
    this.nodeName = nodeName;
    this.events = new SchedulerEvents(client);
    this.passes = new KeyedQueue<>("binder", 1, pass -> bindAll());
    this.pods = client.pods().inAnyNamespace().runnableInformer(0);
    this.nodes = client.nodes().withName(nodeName).runnableInformer(0);
    pods.addEventHandler(new AnyEvent<>(pod -> pass()));
    nodes.addEventHandler(new AnyEvent<>(node -> pass()));
  }

  void start() {
    nodes.run();
    pods.run();
  }

  @Override
  public void close() {
    pods.stop();
    nodes.stop();
    passes.close();
  }

  private void pass() {
    passes.add("pass");
  }

  private Optional<Duration> bindAll() {
    List<Pod> all = pods.getStore().list();
    forgetKnown(all);
    List<Pod> waiting =
        all.stream()
            .filter(Binder::wantsNode)
            .filter(pod -> !assumed.containsKey(uid(pod)))
            .sorted(ORDER)
            .toList();
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Optional<Node> node = nodes.getStore().list().stream().findFirst();
    List<Pod> live = new ArrayList<>(live(all));
    live.addAll(assumed.values());
    Map<String, BigDecimal> used = PodRequests.sum(live);
    boolean failed = false;
    for (Pod pod : waiting) {
      try {
        consider(pod, node, used);
      } catch (KubernetesClientException e) {
        LOG.debug("Pod {} is considered again later.", pod.getMetadata().getName(), e);
        failed = true; // The others shall not wait for this one.
      }
    }
    return failed ? Optional.of(RETRY) : Optional.empty();
  }

  private void consider(Pod pod, Optional<Node> node, Map<String, BigDecimal> used) {
    Optional<String> obstacle = NodeFit.obstacle(pod, node, used);
    if (obstacle.isPresent()) {
      say(pod, obstacle.get());
    } else if (bind(pod)) {
      PodRequests.of(pod).forEach((name, amount) -> used.merge(name, amount, BigDecimal::add));
    }
  }

  private static boolean wantsNode(Pod pod) {
    return pod.getSpec().getNodeName() == null
        && SCHEDULER.equals(pod.getSpec().getSchedulerName())
        && pod.getMetadata().getDeletionTimestamp() == null
        && (pod.getSpec().getSchedulingGates() == null
            || pod.getSpec().getSchedulingGates().isEmpty());
  }

  private List<Pod> live(List<Pod> all) {
    return all.stream()
        .filter(pod -> nodeName.equals(pod.getSpec().getNodeName()))
        .filter(pod -> !Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .toList();
  }

  private void forgetKnown(List<Pod> all) {
    Map<String, Pod> byUid = all.stream().collect(Collectors.toMap(Binder::uid, pod -> pod));
    assumed
        .keySet()
        .removeIf(uid -> !byUid.containsKey(uid) || byUid.get(uid).getSpec().getNodeName() != null);
    said.keySet().removeIf(uid -> !byUid.containsKey(uid));
  }

  /**
   * @return whether the pod now counts as being on the node
   */
  private boolean bind(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    String name = pod.getMetadata().getName();
    try {
      client
          .bindings()
          .inNamespace(namespace)
          .resource(
              new BindingBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName(name)
                  .withUid(uid(pod))
                  .endMetadata()
                  .withNewTarget()
                  .withApiVersion("v1")
                  .withKind("Node")
                  .withName(nodeName)
                  .endTarget()
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (isGoneOrBound(e)) {
        return false;
      }
      throw e;
    }
    assumed.put(uid(pod), pod);
    said.remove(uid(pod));
    events.normal(
        pod, "Scheduled", "Successfully assigned %s/%s to %s".formatted(namespace, name, nodeName));
    return true;
  }

  private void say(Pod pod, String obstacle) {
    if (obstacle.equals(said.get(uid(pod))) || obstacle.equals(shown(pod))) {
      return;
    }
    PodCondition condition =
        new PodConditionBuilder()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(obstacle)
            .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    Pod body =
        new PodBuilder()
            .withNewMetadata()
            .withUid(uid(pod))
            .endMetadata()
            .withNewStatus()
            .withConditions(condition)
            .endStatus()
            .build();
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.STRATEGIC_MERGE),
              client.getKubernetesSerialization().asJson(body));
    } catch (KubernetesClientException e) {
      if (isGoneOrBound(e)) {
        return;
      }
      throw e;
    }
    said.put(uid(pod), obstacle);
    events.warning(pod, "FailedScheduling", obstacle);
  }

  private static String shown(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .map(PodCondition::getMessage)
        .filter(message -> message != null)
        .findFirst()
        .orElse("");
  }

  private static boolean isGoneOrBound(KubernetesClientException error) {
    return error.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || error.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
