package io.sparkapp.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sparkapp.operator.kubernetes.LeanReading;
import io.sparkapp.operator.kubernetes.ReadingAhead;
import io.sparkapp.operator.metrics.OperatorMetrics;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's process. */
public final class OperatorMain {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
  private static final int BAD_CONFIGURATION = 2;
  private static final int LOST_LEASE = 3;

  private OperatorMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) throws IOException, InterruptedException {
    OperatorConfig config;
    try {
      config = OperatorConfig.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
      return;
    }
    HttpServerSettings.set();
    Clock clock = Clock.systemUTC();
    OperatorMetrics metrics = new OperatorMetrics(clock);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(ApiAccess.of(Config.autoConfigure(null)))
            .withHttpClientFactory(new ReadingAhead())
            .withKubernetesSerialization(LeanReading.serialization())
            .withHttpClientBuilderConsumer(
                http -> {
                  metrics.count(http);
                  LeanReading.ask(http);
                })
            .build();
    SparkAppOperator operator =
        SparkAppOperator.start(
            config, client, clock, () -> Runtime.getRuntime().halt(LOST_LEASE), metrics);
    LOG.info("The operator reconciles SparkApps; health and metrics at port {}.", operator.port());
    operator.webPort().ifPresent(port -> LOG.info("The page is at port {}.", port));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  stopped.countDown();
                },
                "shutdown"));
    stopped.await();
  }
}
