package io.sparkapp.local.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a node agent is told when it starts.
 *
 * @param client speaks to the API server as this node ({@code system:node:NAME}) or as an
 *     administrator; the agent doesn't close it
 * @param nodeName name of the Node object that the agent registers
 * @param stateDir the agent's own directory; created if absent. Its path becomes part of class
 *     paths and of JSON texts, so it can't contain a colon, comma, quote or backslash
 * @param images image name to its layers, directories of which a later one wins
 * @param address where the agent listens; a loopback address
 * @param port where the agent listens; 0 takes any free one
 * @param servingCertificate PEM certificate (chain) the agent serves with
 * @param servingKey its PEM PKCS #8 private key
 * @param clientCa PEM certificates of the authorities whose clients are let in
 * @param kubeletClientName the common name of the only client that is answered: the API server
 * @param apiServer where pods find the API server
 * @param serverCa PEM certificates of the authorities that the API server's certificate is from
 */
public record NodeAgentOptions(
    KubernetesClient client,
    String nodeName,
    Path stateDir,
    Map<String, List<Path>> images,
    InetAddress address,
    int port,
    Path servingCertificate,
    Path servingKey,
    Path clientCa,
    String kubeletClientName,
    URI apiServer,
    Path serverCa) {

  public NodeAgentOptions {
    stateDir = stateDir.toAbsolutePath().normalize();
    images = Map.copyOf(images);
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "The node agent listens on loopback addresses only, not on " + address + ".");
    }
    if (stateDir.toString().chars().anyMatch(NodeAgentOptions::breaksPaths)) {
      throw new IllegalArgumentException(
          "The state directory %s has a colon, comma, quote, backslash or control character in its name; choose another one."
              .formatted(stateDir));
    }
  }

  private static boolean breaksPaths(int character) {
    return ":,;\"'\\*".indexOf(character) >= 0 || Character.isISOControl(character);
  }
}
