package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real API server for a class of tests, and for each of them a namespace of its own and an
 * operator with the rights of its ClusterRole.
 */
final class OperatorOnApiServer
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  private ApiServer server;
  private JobNamespace jobs;
  private KubernetesClient client;
  private SparkAppOperator operator;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path state = Files.createTempDirectory("api-server");
    server = ApiServer.start(state);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    jobs =
        JobNamespace.create(
            server.admin(), "t" + Integer.toHexString(context.getDisplayName().hashCode()));
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop();
  }

  /** Starts the operator, after {@link #stop}. */
  void start() throws Exception {
    client = server.operatorClient(http -> {});
    operator = ApiServer.operator(client);
  }

  void stop() {
    operator.close();
    client.close();
  }

  JobNamespace jobs() {
    return jobs;
  }

  KubernetesClient admin() {
    return server.admin();
  }

  SparkAppOperator operator() {
    return operator;
  }
}
