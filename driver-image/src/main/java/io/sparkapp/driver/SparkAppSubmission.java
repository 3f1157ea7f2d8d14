package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmitOperation;

/**
 * {@code spark-submit --kill NAME} and {@code --status NAME} with {@code --master
 * sparkapp://NAMESPACE}, for applications of either placement.
 */
public final class SparkAppSubmission implements SparkSubmitOperation {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public boolean supports(String master) {
    return master.startsWith(MasterUrl.SCHEME);
  }

  @Override
  public void kill(String submissionId, SparkConf conf) {
    JsonNode app = application(submissionId, conf);
    String phase = app.at("/status/phase").asText("Waiting");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      System.out.println("SparkApp " + submissionId + " has ended already: " + phase + ".");
      return;
    }
    ObjectNode patch = JSON.createObjectNode();
    patch
        .putObject("spec")
        .put("kill", "spark-submit --kill by " + System.getProperty("user.name") + ".");
    try {
      apps(conf).patch(submissionId, patch);
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    System.out.println("SparkApp " + submissionId + " is told to end.");
  }

  @Override
  public void printSubmissionStatus(String submissionId, SparkConf conf) {
    System.out.print(screen(application(submissionId, conf)));
  }

  /** The status as lines of name and value. */
  static String screen(JsonNode app) {
    JsonNode status = app.path("status");
    StringBuilder screen = new StringBuilder();
    line(screen, "application", app.at("/metadata/name").asText());
    line(screen, "namespace", app.at("/metadata/namespace").asText());
    line(screen, "placement", app.at("/spec/placement").asText());
    line(screen, "phase", status.path("phase").asText("Waiting"));
    line(screen, "message", status.path("message").asText());
    line(screen, "application id", status.path("applicationId").asText());
    line(screen, "driver pod", status.at("/driver/pod").asText());
    line(screen, "driver address", status.at("/driver/address").asText());
    line(screen, "exit code", status.at("/driver/exitCode").asText());
    line(screen, "executors", status.at("/executors/summary").asText());
    line(screen, "progress", status.at("/progress/summary").asText());
    line(screen, "started", status.path("started").asText());
    line(screen, "ended", status.path("ended").asText());
    return screen.toString();
  }

  private static void line(StringBuilder screen, String name, String value) {
    if (!value.isEmpty()) {
      screen.append("%15s: %s%n".formatted(name, value));
    }
  }

  private static JsonNode application(String name, SparkConf conf) {
    try {
      SparkApps apps = apps(conf);
      Optional<JsonNode> app = apps.get(name);
      return app.orElseThrow(
          () ->
              failure(
                  new IOException(
                      "There is no SparkApp " + name + " in namespace " + apps.namespace() + ".")));
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static SparkApps apps(SparkConf conf) throws IOException {
    MasterUrl master = MasterUrl.parse(conf.get("spark.master"));
    ClusterAccess access = ClusterAccess.find(System.getenv(), conf.get(ClientConf.CONTEXT, null));
    return new SparkApps(access.apiServer(), master.namespace().orElse(access.namespace()));
  }

  /** SparkSubmit would print a stack trace around the sentence. */
  private static RuntimeException failure(IOException e) {
    System.err.println(e.getMessage());
    System.exit(1);
    return new IllegalStateException("unreachable", e);
  }

  private static RuntimeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
