package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing to do at the API server. Each may be repeated: it then finds what it made before. */
public sealed interface Action {

  /** Nothing that follows is done before all of these are there. */
  record Require(List<Reference> references) implements Action {
    public Require {
      references = List.copyOf(references);
    }
  }

  /**
   * Creates the request of an attempt and, owned by it, the Secret that its pods share.
   *
   * @param secret empty when there is none, or when the driver made it
   */
  record OpenAttempt(ExecutorRequest request, Optional<ObjectMeta> secret) implements Action {}

  /** Answers the driver. */
  record Answer(String request, ExecutorRequestStatus status) implements Action {}

  /** Creates pods, all at once. */
  record CreatePods(List<Pod> pods) implements Action {
    public CreatePods {
      pods = List.copyOf(pods);
    }
  }

  /** Creates claims for executors' local directories, which go with the request. */
  record CreateClaims(String request, List<PersistentVolumeClaim> claims) implements Action {
    public CreateClaims {
      claims = List.copyOf(claims);
    }
  }

  /** Creates what another scheduler knows a gang of pods by; it goes with the request. */
  record CreatePodGroup(String request, GenericKubernetesResource group) implements Action {}

  /** Tells executors where their driver is. */
  record TellDriverAddress(List<String> pods, String address) implements Action {
    public TellDriverAddress {
      pods = List.copyOf(pods);
    }
  }

  /** Deletes pods by name; {@code reason} goes to the log. */
  record DeletePods(List<String> pods, String reason) implements Action {
    public DeletePods {
      pods = List.copyOf(pods);
    }
  }

  /** Deletes all pods with these labels by one call. */
  record DeletePodsWith(Map<String, String> labels) implements Action {
    public DeletePodsWith {
      labels = Map.copyOf(labels);
    }
  }

  /** Deletes the request, and with it its Secret. */
  record CloseAttempt(String request) implements Action {}

  /** Deletes the application itself; what belongs to it goes with it. */
  record DeleteApplication() implements Action {}

  /** Tells the user what happened, as an event of the application. */
  record Announce(EventReason reason, String message) implements Action {}

  /** Kubernetes' two types of events. */
  enum Severity {
    Normal,
    Warning
  }
}
