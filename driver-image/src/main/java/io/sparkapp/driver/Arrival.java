package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * How a driver comes to its SparkApp: it makes one, or joins one that waits for a driver. The
 * SparkApp is first, for all else belongs to it and goes with it; to join one the Lease is first,
 * for from then on the driver's silence is counted.
 */
final class Arrival {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;
  private static final int LONGEST_NAME = 52;
  private static final int TRIES = 5;
  private static final String SECRET_KEY = "spark-authenticate-secret";

  private final SparkApps apps;
  private final DriverLease lease;

  Arrival(SparkApps apps, DriverLease lease) {
    this.apps = apps;
    this.lease = lease;
  }

  DriverLease lease() {
    return lease;
  }

  /** A SparkApp with a name that nobody has. */
  JsonNode anew(SparkConf conf, ObjectNode client) throws IOException, InterruptedException {
    if (conf.contains(ClientConf.NAME)) {
      return named(conf.get(ClientConf.NAME), conf, client);
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<JsonNode> app = create(nameFor(conf.get("spark.app.name", "spark")), conf, client);
      if (app.isPresent()) {
        return app.get();
      }
    }
    throw new IOException(
        "Every name for a new SparkApp was taken; set " + ClientConf.NAME + " to one that is not.");
  }

  /** The SparkApp of that name: a new one, or the one that waits for its driver. */
  JsonNode named(String name, SparkConf conf, ObjectNode client)
      throws IOException, InterruptedException {
    Optional<JsonNode> there = apps.get(name);
    if (there.isEmpty()) {
      Optional<JsonNode> created = create(name, conf, client);
      if (created.isPresent()) {
        return created.get();
      }
      there = apps.get(name);
    }
    return join(
        name,
        there.orElseThrow(() -> new IOException("SparkApp " + name + " comes and goes.")),
        conf,
        client);
  }

  private Optional<JsonNode> create(String name, SparkConf conf, ObjectNode client)
      throws IOException, InterruptedException {
    ObjectNode app = JSON.createObjectNode();
    app.put("apiVersion", "sparkapp.io/v1alpha1");
    app.put("kind", "SparkApp");
    app.putObject("metadata").put("name", name);
    ObjectNode spec = ClientConf.spec(conf);
    spec.set("client", client);
    app.set("spec", spec);
    Optional<JsonNode> created = apps.create(app);
    if (created.isPresent()) {
      begin(created.get(), conf);
    }
    return created;
  }

  /** What can not be begun is not left behind as if it were. */
  private void begin(JsonNode app, SparkConf conf) throws IOException, InterruptedException {
    try {
      writeSecret(app, conf);
      lease.take(app);
    } catch (IOException e) {
      apps.kill(app, "Its driver could not begin: " + e.getMessage());
      throw e;
    }
  }

  private JsonNode join(String name, JsonNode app, SparkConf conf, ObjectNode client)
      throws IOException, InterruptedException {
    if (!app.at("/spec/placement").asText().equals("Client")) {
      throw new IOException(
          "SparkApp "
              + name
              + " has its driver in the cluster (placement Cluster): use another name.");
    }
    if (app.at("/spec").hasNonNull("client")) {
      throw new IOException(
          "SparkApp "
              + name
              + " has or had a driver already, "
              + app.at("/spec/client/process").asText("another process")
              + ": use another name, or delete it first.");
    }
    ClientConf.adopt(conf, name, app.path("spec"));
    writeSecret(app, conf);
    lease.take(app);
    ObjectNode patch = JSON.createObjectNode();
    // Of two drivers that join at the same time one finds it changed.
    patch
        .putObject("metadata")
        .put("resourceVersion", app.at("/metadata/resourceVersion").asText());
    patch.putObject("spec").set("client", client);
    return apps.patch(name, patch);
  }

  private void writeSecret(JsonNode app, SparkConf conf) throws IOException, InterruptedException {
    if (!conf.getBoolean("spark.authenticate", false)) {
      return;
    }
    ObjectNode secret = JSON.createObjectNode();
    secret.put("apiVersion", "v1");
    secret.put("kind", "Secret");
    secret.set("metadata", Owned.metadata(app, app.at("/metadata/name").asText() + "-1"));
    secret.putObject("stringData").put(SECRET_KEY, conf.get("spark.authenticate.secret"));
    apps.createSecret(secret);
  }

  /** {@code PySparkShell} becomes {@code pysparkshell-7d2kx}. */
  static String nameFor(String applicationName) {
    String slug =
        applicationName
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    String stem = slug.isEmpty() ? "spark" : slug;
    String cut = stem.substring(0, Math.min(stem.length(), LONGEST_NAME - SUFFIX - 1));
    StringBuilder name = new StringBuilder(cut.replaceAll("-+$", "")).append('-');
    RANDOM.ints(SUFFIX, 0, LETTERS.length()).forEach(i -> name.append(LETTERS.charAt(i)));
    return name.toString();
  }
}
