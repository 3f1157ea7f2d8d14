package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;

/** The pods of application {@code flights} as its spec makes them. */
final class CreatedPods {

  /** The program of a spec. */
  static final String MAIN =
      "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main, args: [\"a b\", \"$(X)\"]}\n";

  private CreatedPods() {}

  static FakeCluster created(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }

  /** The value of a variable, or null. */
  static String env(Container container, String name) {
    return container.getEnv().stream()
        .filter(each -> name.equals(each.getName()))
        .map(EnvVar::getValue)
        .findFirst()
        .orElse(null);
  }
}
