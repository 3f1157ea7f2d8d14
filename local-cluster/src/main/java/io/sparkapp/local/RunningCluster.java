package io.sparkapp.local;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A cluster that is ready, as the file {@code cluster.json} in its state directory says.
 *
 * @param process the JVM that it runs in
 * @param kubeconfig an administrator's kubeconfig
 * @param kubectl a kubectl of the cluster's version, when the binaries have one
 * @param operatorPid the operator's process now; it changes when the operator is restarted
 */
public record RunningCluster(
    ProcessIdentity process,
    Instant started,
    URI endpoint,
    Path kubeconfig,
    Optional<Path> kubectl,
    OptionalLong operatorPid) {
  private static final String FILE = "cluster.json";

  /** The cluster of a state directory, if one is ready and its process is alive. */
  public static Optional<RunningCluster> in(Path stateDirectory) {
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(stateDirectory.resolve(FILE)));
      return Optional.of(fromJson(json)).filter(cluster -> cluster.process.find().isPresent());
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
    PrivateFile.write(stateDirectory.resolve(FILE), json.toPrettyString() + "\n");
  }

  static void remove(Path stateDirectory) throws IOException {
    Files.deleteIfExists(stateDirectory.resolve(FILE));
  }

  RunningCluster withOperatorPid(long pid) {
    return new RunningCluster(
        process, started, endpoint, kubeconfig, kubectl, OptionalLong.of(pid));
  }

  private static RunningCluster fromJson(JsonNode json) {
    return new RunningCluster(
        ProcessIdentity.parse(json.path("process").asText())
            .orElseThrow(() -> new IllegalArgumentException("no process")),
        Instant.parse(json.path("started").asText()),
        URI.create(json.path("endpoint").asText()),
        Path.of(json.path("kubeconfig").asText()),
        Optional.ofNullable(json.get("kubectl")).map(JsonNode::asText).map(Path::of),
        json.has("operatorPid")
            ? OptionalLong.of(json.get("operatorPid").asLong())
            : OptionalLong.empty());
  }
}
