package io.sparkapp.executor;

import java.util.Optional;
import org.apache.spark.SecurityManager;
import org.apache.spark.SecurityManager$;
import org.apache.spark.SparkConf;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.RpcEnv$;

/**
 * Tells whether the driver's application has started. The driver's port opens seconds before
 * Spark's scheduler endpoint is there, and Spark's executor tries only three times without a pause;
 * besides, the first executor that asks freezes the configuration that all of them get. So this
 * asks for an endpoint that the driver opens when its application has started.
 */
final class DriverEndpointProbe implements AutoCloseable {

  private static final String ENDPOINT = "SparkAppReady";

  /** The whole last words have to fit into 4096 bytes. */
  private static final int LONGEST_ANSWER = 500;

  private final RpcEnv rpcEnv;
  private volatile String lastAnswer = "nothing listened there";

  DriverEndpointProbe(String host) {
    SparkConf conf = new SparkConf();
    // A pod's address may swallow packets while its network is set up: give up an attempt early.
    conf.set("spark.rpc.io.connectionTimeout", "5s");
    conf.set("spark.rpc.io.connectionCreationTimeout", "5s");
    conf.set("spark.rpc.askTimeout", "5s");
    conf.set("spark.rpc.lookupTimeout", "5s");
    this.rpcEnv =
        RpcEnv$.MODULE$.create(
            "sparkAppProbe",
            host,
            host,
            -1,
            conf,
            new SecurityManager(
                conf,
                SecurityManager$.MODULE$.$lessinit$greater$default$2(),
                SecurityManager$.MODULE$.$lessinit$greater$default$3()),
            0,
            true);
  }

  /** The address itself once the driver is ready, and empty before. */
  Optional<String> ready(String address) {
    try {
      rpcEnv.setupEndpointRefByURI("spark://" + ENDPOINT + "@" + address);
      return Optional.of(address);
    } catch (Exception e) {
      // Scala declares no exceptions: whatever it is, the driver is not there yet.
      lastAnswer = brief(e);
      return Optional.empty();
    }
  }

  private static String brief(Exception e) {
    String said =
        e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    return said.length() > LONGEST_ANSWER ? said.substring(0, LONGEST_ANSWER) + " ..." : said;
  }

  /** What the last attempt met, for the message when time runs out. */
  String lastAnswer() {
    return lastAnswer;
  }

  @Override
  public void close() {
    rpcEnv.shutdown();
    rpcEnv.awaitTermination();
  }
}
