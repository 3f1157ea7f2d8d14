package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the API server how pods are: per pod in order, the newest state only, and again and again
 * until it is heard. Each write names the pod's UID, so a new pod of the same name gets none of it.
 */
final class StatusReporter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
  private static final BackOff RETRY = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

  /** What is still to be told of a pod; the deletion comes after the status. */
  private static final class Account {
    private final ObjectMeta pod;
    private PodStatus status;
    private boolean delete;
    private boolean active;
    private BackOff retry = RETRY;

    private Account(ObjectMeta pod) {
      this.pod = pod;
    }
  }

  private final KubernetesClient client;
  private final Executor executor;
  private final Timers timers;
  private final Map<String, Account> accounts = new HashMap<>();

  StatusReporter(KubernetesClient client, Executor executor, Timers timers) {
    this.client = client;
    this.executor = executor;
    this.timers = timers;
  }

  /** Reports a status; one that waits to be reported is replaced. */
  synchronized void report(Pod pod, PodStatus status) {
    Account account = account(pod);
    account.status = status;
    activate(account);
  }

  /** Removes the pod's object, after what was reported of it before. */
  synchronized void delete(Pod pod) {
    Account account = account(pod);
    account.delete = true;
    activate(account);
  }

  private Account account(Pod pod) {
    return accounts.computeIfAbsent(
        pod.getMetadata().getUid(), uid -> new Account(pod.getMetadata()));
  }

  private void activate(Account account) {
    if (!account.active) {
      account.active = true;
      executor.execute(() -> tell(account));
    }
  }

  private void tell(Account account) {
    PodStatus status;
    synchronized (this) {
      status = account.status;
      account.status = null;
    }
    try {
      if (status != null) {
        patch(account.pod, status);
      } else {
        delete(account.pod);
      }
      told(account, status == null);
    } catch (KubernetesClientException e) {
      failed(account, status, e);
    } catch (RuntimeException e) {
      failed(account, status, new KubernetesClientException("The status can't be told.", e));
    }
  }

  private synchronized void told(Account account, boolean deleted) {
    account.retry = RETRY;
    if (deleted) {
      account.delete = false;
    }
    if (account.status != null || account.delete) {
      executor.execute(() -> tell(account));
    } else {
      account.active = false;
      accounts.remove(account.pod.getUid());
    }
  }

  private synchronized void failed(
      Account account, PodStatus status, KubernetesClientException error) {
    switch (error.getCode()) {
      // No such pod, another pod of that name, or a status that is never accepted.
      case HttpURLConnection.HTTP_NOT_FOUND -> accounts.remove(account.pod.getUid());
      case 422 -> {
        LOG.error("The status of pod {} is refused.", account.pod.getName(), error);
        told(account, false);
      }
      default -> {
        if (isOfAnotherPod(error)) {
          accounts.remove(account.pod.getUid());
          return;
        }
        LOG.debug("The status of pod {} is told again later.", account.pod.getName(), error);
        account.status = account.status == null ? status : account.status;
        Duration delay = account.retry.next();
        account.retry = account.retry.doubled();
        timers.after(delay, executor, () -> tell(account));
      }
    }
  }

  private static boolean isOfAnotherPod(KubernetesClientException error) {
    return error.getCode() == HttpURLConnection.HTTP_CONFLICT
        && error.getMessage() != null
        && error.getMessage().contains("UID");
  }

  private void patch(ObjectMeta pod, PodStatus status) {
    Pod body =
        new PodBuilder()
            .withNewMetadata()
            .withUid(pod.getUid())
            .endMetadata()
            .withStatus(status)
            .build();
    client
        .pods()
        .inNamespace(pod.getNamespace())
        .withName(pod.getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            client.getKubernetesSerialization().asJson(body));
  }

  private void delete(ObjectMeta pod) {
    client.raw(
        "/api/v1/namespaces/%s/pods/%s".formatted(pod.getNamespace(), pod.getName()),
        "DELETE",
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions(null, pod.getUid())
            .build());
  }
}
