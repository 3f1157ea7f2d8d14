package io.sparkapp.e2e.k3s;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.testcontainers.DockerClientFactory;

/** Skips tests where no Docker daemon answers, with one line; in CI they fail instead. */
final class DockerAvailable implements ExecutionCondition {

  static final String SENTENCE =
      "No Docker daemon answers: the end-to-end tests on k3s are skipped.";

  private static final Namespace NAMESPACE = Namespace.create(DockerAvailable.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean available =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("available", key -> askOnce(), Boolean.class);
    return available
        ? ConditionEvaluationResult.enabled("Docker answers, or must")
        : ConditionEvaluationResult.disabled(SENTENCE);
  }

  private static boolean askOnce() {
    // Where CI counts on these tests, starting the node fails and says why.
    if (Boolean.parseBoolean(System.getenv("CI"))
        || DockerClientFactory.instance().isDockerAvailable()) {
      return true;
    }
    System.out.println(SENTENCE);
    return false;
  }
}
