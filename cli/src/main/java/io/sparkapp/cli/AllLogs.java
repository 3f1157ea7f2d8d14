package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The logs of all pods of one attempt; when they are followed, also of those that come. */
final class AllLogs {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final int PREFIX = 8;

  private final KubernetesClient client;
  private final String namespace;
  private final PodNames names;
  private final LogOptions options;
  private final Style style;

  AllLogs(
      KubernetesClient client, String namespace, PodNames names, LogOptions options, Style style) {
    this.client = client;
    this.namespace = namespace;
    this.names = names;
    this.options = options;
    this.style = style;
  }

  void print(PrintStream out) throws InterruptedException {
    PrefixedLines lines = new PrefixedLines(out);
    if (options.follow()) {
      follow(lines);
      return;
    }
    List<Pod> pods =
        started(client.pods().inNamespace(namespace).withLabels(names.labels()).list().getItems());
    if (pods.isEmpty()) {
      throw CommandFailure.notFound("There is no pod of attempt " + names.attempt() + " any more.");
    }
    pods.forEach(pod -> copy(pod, lines));
  }

  /** Until the driver's ends, for the application ends with it. */
  private void follow(PrefixedLines lines) throws InterruptedException {
    Changes<Pod> changes = new Changes<>();
    Map<String, CompletableFuture<Void>> copies = new HashMap<>();
    Set<String> seen = new HashSet<>();
    try (SharedIndexInformer<Pod> informer =
        client.pods().inNamespace(namespace).withLabels(names.labels()).inform(changes, 0)) {
      while (informer.isRunning() && !ended(copies.get(names.driver()))) {
        List<Pod> pods = changes.next(LOOK_AGAIN).stream().map(Changes.Change::object).toList();
        for (Pod pod : started(pods)) {
          if (seen.add(pod.getMetadata().getName())) {
            copies.put(
                pod.getMetadata().getName(),
                CompletableFuture.runAsync(() -> copy(pod, lines), AllLogs::daemon));
          }
        }
      }
    }
    try {
      copies.get(names.driver()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CommandFailure known ? known : e;
    }
  }

  private static boolean ended(CompletableFuture<Void> copy) {
    return copy != null && copy.isDone();
  }

  private void copy(Pod pod, PrefixedLines lines) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    String who = PodNames.brief(labels);
    String padded = who + " ".repeat(Math.max(0, PREFIX - who.length()));
    PodLog log =
        new PodLog(client, namespace, pod.getMetadata().getName(), PodNames.role(labels), options);
    try (PrefixedLines.Source source = lines.source(style.numbered(who.hashCode(), padded))) {
      log.copy(source);
    } catch (CommandFailure e) {
      // An executor may go at any moment, and its log with it; that of the others goes on.
      if (PodNames.role(labels).equals(PodNames.DRIVER)) {
        throw e;
      }
    }
  }

  /** The driver first; those that wait for a node or an image have no log yet. */
  private static List<Pod> started(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> !"Pending".equals(pod.getStatus().getPhase()))
        .sorted(
            Comparator.comparing(
                    (Pod pod) ->
                        !PodNames.role(pod.getMetadata().getLabels()).equals(PodNames.DRIVER))
                .thenComparing(pod -> pod.getMetadata().getName()))
        .toList();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "pod-log");
    thread.setDaemon(true);
    thread.start();
  }
}
