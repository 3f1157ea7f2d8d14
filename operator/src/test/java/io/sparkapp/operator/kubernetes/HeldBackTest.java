package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HeldBackTest {

  /** What is answered to the question whether all pods are known; the last one for ever. */
  private final Queue<Boolean> known = new ArrayDeque<>();

  private final List<ApplicationId> again = new ArrayList<>();
  private final HeldBack heldBack =
      new HeldBack(() -> known.size() > 1 ? known.remove() : known.element(), again::addAll);

  private static SparkApp app(String name) {
    SparkApp app = new SparkApp();
    app.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("jobs").build());
    return app;
  }

  @Test
  void whoIsHeldIsDecidedAboutOnceWhenAllPodsAreKnown() {
    known.add(false);

    assertThat(heldBack.holds(app("flights"))).isTrue();
    assertThat(heldBack.holds(app("flights"))).isTrue();
    assertThat(again).isEmpty();
    heldBack.letGo();

    assertThat(again).containsExactly(new ApplicationId("jobs", "flights"));
  }

  @Test
  void nobodyIsHeldWhenAllPodsAreKnown() {
    known.add(true);

    assertThat(heldBack.holds(app("flights"))).isFalse();
    heldBack.letGo();

    assertThat(again).isEmpty();
  }

  @Test
  void whoComesWhenTheOthersWereJustLetGoIsNotHeld() {
    known.addAll(List.of(false, true));
    heldBack.letGo();

    assertThat(heldBack.holds(app("flights"))).isFalse();
  }
}
