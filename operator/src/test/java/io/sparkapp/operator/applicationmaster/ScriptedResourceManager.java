package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.operator.resourcemanager.Admission;
import io.sparkapp.operator.resourcemanager.Allocation;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import java.util.List;
import java.util.Optional;

/** Answers what a test says, and remembers what it was asked for. */
final class ScriptedResourceManager implements ResourceManager {

  private Admission admission = new Admission.Admitted("Queue etl has room.");
  private String queue = "etl";
  private Optional<Integer> place = Optional.empty();
  private int most = Integer.MAX_VALUE;
  private List<Reclaim> reclaim = List.of();
  private String message = "";
  private ApplicationDemand asked;

  ScriptedResourceManager waits(int inLine, String sentence) {
    place = Optional.of(inLine);
    admission = new Admission.Waiting(sentence);
    return this;
  }

  ScriptedResourceManager refuses(String sentence) {
    admission = new Admission.Refused(sentence);
    return this;
  }

  ScriptedResourceManager admits(String sentence) {
    place = Optional.empty();
    admission = new Admission.Admitted(sentence);
    return this;
  }

  ScriptedResourceManager chargesTo(String name) {
    queue = name;
    return this;
  }

  /** Of each ResourceProfile. */
  ScriptedResourceManager grantsAtMost(int executors, String sentence) {
    most = executors;
    message = sentence;
    return this;
  }

  ScriptedResourceManager takesBack(int profile, int total, String before) {
    reclaim = List.of(new Reclaim(profile, total, before));
    most = total;
    return this;
  }

  ScriptedResourceManager takesNothingBack() {
    reclaim = List.of();
    return this;
  }

  /** The last demand. */
  ApplicationDemand asked() {
    return asked;
  }

  @Override
  public Allocation allocate(ApplicationDemand demand) {
    asked = demand;
    return new Allocation(
        admission,
        queue,
        place,
        admission instanceof Admission.Admitted
            ? demand.asks().stream()
                .map(ask -> new Grant(ask.profile(), Math.min(most, ask.wanted())))
                .toList()
            : List.of(),
        reclaim,
        message);
  }

  @Override
  public void release(ApplicationId application) {
    asked = null;
  }
}
