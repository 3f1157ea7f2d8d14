package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatsTest {

  private final List<ApplicationId> released = new ArrayList<>();

  private void fails(boolean gone) {
    SparkApp app = new SparkApp();
    app.setMetadata(new ObjectMetaBuilder().withName("flights").withNamespace("jobs").build());
    assertThatThrownBy(
            () ->
                new Seats(released::add, it -> gone)
                    .around(
                        app,
                        () -> {
                          throw new KubernetesClientException("there is no such application");
                        }))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void oneThatWasDeletedWhileItWasDecidedAboutIsReleasedThoughTheDecisionFailed() {
    fails(true);

    assertThat(released).containsExactly(new ApplicationId("jobs", "flights"));
  }

  @Test
  void oneThatIsThereKeepsItsSeatWhenADecisionFails() {
    fails(false);

    assertThat(released).isEmpty();
  }
}
