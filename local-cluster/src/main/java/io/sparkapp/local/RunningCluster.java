package io.sparkapp.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.local.controlplane.PrivateFile;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A cluster that is ready, as the file {@code cluster.json} in its state directory says.
 *
 * @param process the JVM that it runs in
 * @param kubeconfig an administrator's kubeconfig
 * @param kubectl a kubectl of the cluster's version, when the binaries have one
 * @param operatorPid the operator's process now; it changes when the operator is restarted
 * @param page where the operator serves its page, if it does
 */
public record RunningCluster(
    ProcessIdentity process,
    Instant started,
    URI endpoint,
    Path kubeconfig,
    Optional<Path> kubectl,
    OptionalLong operatorPid,
    Optional<URI> page) {

  /** Its name in a state directory. */
  public static final String FILE = "cluster.json";

  /** The cluster of a state directory, if one is ready and its process is alive. */
  public static Optional<RunningCluster> in(Path stateDirectory) {
    try {
      return Optional.of(of(fields(stateDirectory.resolve(FILE))))
          .filter(cluster -> cluster.process.find().isPresent());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      return Optional.empty(); // Not ours or damaged: says nothing about a running cluster.
    }
  }

  void write(Path stateDirectory) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pid", process.pid());
    json.put("process", process.toText());
    json.put("started", started.toString());
    json.put("endpoint", endpoint.toString());
    json.put("kubeconfig", kubeconfig.toString());
    kubectl.ifPresent(program -> json.put("kubectl", program.toString()));
    operatorPid.ifPresent(pid -> json.put("operatorPid", pid));
    page.ifPresent(address -> json.put("page", address.toString()));
    PrivateFile.write(stateDirectory.resolve(FILE), json.toPrettyString() + "\n");
  }

  static void remove(Path stateDirectory) throws IOException {
    Files.deleteIfExists(stateDirectory.resolve(FILE));
  }

  RunningCluster withOperator(long pid, Optional<URI> servedPage) {
    return new RunningCluster(
        process, started, endpoint, kubeconfig, kubectl, OptionalLong.of(pid), servedPage);
  }

  /** Every command reads this file: without the classes that map objects it takes no time. */
  private static Map<String, String> fields(Path file) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(Files.readString(file))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
        json.skipChildren();
      }
    }
    return fields;
  }

  private static RunningCluster of(Map<String, String> fields) {
    return new RunningCluster(
        ProcessIdentity.parse(fields.getOrDefault("process", ""))
            .orElseThrow(() -> new IllegalArgumentException("no process")),
        Instant.parse(fields.getOrDefault("started", "")),
        URI.create(fields.getOrDefault("endpoint", "")),
        Path.of(fields.getOrDefault("kubeconfig", "")),
        Optional.ofNullable(fields.get("kubectl")).map(Path::of),
        fields.containsKey("operatorPid")
            ? OptionalLong.of(Long.parseLong(fields.get("operatorPid")))
            : OptionalLong.empty(),
        Optional.ofNullable(fields.get("page")).map(URI::create));
  }
}
