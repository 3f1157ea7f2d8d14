package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** Shows that a driver without a pod is alive ({@code coordination.k8s.io/v1}). */
final class DriverLease {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Kubernetes' MicroTime. */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Two renewals may fail before the driver is taken for lost. */
  private static final int RENEWALS = 3;

  private final ApiServer apiServer;
  private final String collection;
  private final DriverProcess process;
  private final long seconds;
  private String name;

  DriverLease(ApiServer apiServer, String namespace, DriverProcess process, long seconds) {
    this.apiServer = apiServer;
    this.collection = ResourcePaths.leases(namespace);
    this.process = process;
    this.seconds = seconds;
  }

  /** Takes the lease on the application's first attempt, from whoever had it. */
  void take(JsonNode app) throws IOException, InterruptedException {
    name = app.at("/metadata/name").asText() + "-1";
    ObjectNode lease = JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1");
    lease.put("kind", "Lease");
    lease.set("metadata", Owned.metadata(app, name));
    lease.set("spec", spec());
    try {
      apiServer.post(collection, lease);
    } catch (RefusedException e) {
      if (!e.isConflict()) {
        throw new IOException("The driver's Lease can not be written: " + e.reason(), e);
      }
      apiServer.patch(collection + "/" + name, lease);
    }
  }

  private ObjectNode spec() {
    String now = MICROS.format(Instant.now());
    ObjectNode spec = JSON.createObjectNode();
    spec.put("holderIdentity", process.name());
    spec.put("leaseDurationSeconds", seconds);
    spec.put("acquireTime", now);
    spec.put("renewTime", now);
    return spec;
  }

  void renew(JsonNode app) throws IOException, InterruptedException {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("spec").put("renewTime", MICROS.format(Instant.now()));
    try {
      apiServer.patch(collection + "/" + name, patch);
    } catch (RefusedException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      // Somebody deleted it; if it was with its SparkApp, it goes again.
      take(app);
    }
  }

  long renewalMillis() {
    return TimeUnit.SECONDS.toMillis(seconds) / RENEWALS;
  }
}
